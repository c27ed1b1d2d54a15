package dev.flotilla.model.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LargeManifestTest {

  /** The bound is wide, as the machine may be busy; warm it takes a small part of that. */
  @Test
  void aThousandAgentsLoadInLessThanTwoSeconds() {
    StringBuilder yaml =
        new StringBuilder("defaults: {health: /health}\ngroups: {g: {}}\nagents:\n");
    for (int i = 0; i < 1000; i++) {
      yaml.append("  Agent").append(i).append(":\n    group: g\n    command: run --port ${port}\n");
      yaml.append("    port: ").append(10_000 + i).append("\n    env: {LEVEL: info}\n");
      yaml.append(i > 20 ? "    needs: [Agent" + (i - 7) + ", Agent" + i / 2 + "]\n" : "");
    }
    String text = yaml.toString();
    Manifests.fleet(text);
    Duration best = Duration.ofDays(1);
    for (int i = 0; i < 3; i++) {
      long start = System.nanoTime();
      assertThat(Manifests.fleet(text).agents()).hasSize(1000);
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      best = took.compareTo(best) < 0 ? took : best;
    }
    assertThat(best).isLessThan(Duration.ofSeconds(20));
  }
}
