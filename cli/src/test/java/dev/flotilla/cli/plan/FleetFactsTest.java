package dev.flotilla.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FleetFactsTest {
  private static final String TEXT =
      """
      # HELP flotilla_agents Agents
      # TYPE flotilla_agents gauge
      flotilla_agents{state="healthy"} 3.0
      flotilla_agents{state="failed"} 1.0
      flotilla_agents_total 9
      build_seconds 118.5 1700000000
      """;

  @Test
  void readsAValueASeriesAndASum() {
    assertThat(MetricsText.value(TEXT, "build.seconds")).hasValue(118.5);
    assertThat(MetricsText.value(TEXT, "flotilla_agents{state=\"failed\"}")).hasValue(1);
    assertThat(MetricsText.value(TEXT, "flotilla_agents")).hasValue(4);
    assertThat(MetricsText.value(TEXT, "nothing")).isEmpty();
  }

  @Test
  void someLabelsFindTheSeriesThatHaveThem() {
    String text =
        """
        fine{agent="Hub",group="a, b",machine="local"} 1.0
        fine{agent="Ear",group="a, b",machine="far"} 1.0
        fine{agent="Hub",group="c",machine="far"} 0.5
        """;
    assertThat(MetricsText.value(text, "fine{agent=\"Hub\"}")).hasValue(1.5);
    assertThat(MetricsText.value(text, "fine{machine=\"far\", agent=\"Ear\"}")).hasValue(1);
    assertThat(MetricsText.value(text, "fine{group=\"a, b\"}")).hasValue(2);
    assertThat(MetricsText.value(text, "fine{agent=\"Nobody\"}")).isEmpty();
  }
}
