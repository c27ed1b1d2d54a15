package dev.flotilla.cli.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenPlansTest {
  @TempDir private Path folder;

  @Test
  void tellsOfTheOpenPlansBesideTheManifest() throws Exception {
    Path plans = Files.createDirectories(folder.resolve("plans"));
    Files.writeString(
        plans.resolve("build-k3f9x.md"),
        """
        ---
        id: build-k3f9x
        description: Halve the build time
        status: in_progress
        ---
        ## [x] PHASE 0: Measure
        ## [ ] PHASE 1: Mend
        ## [ ] PHASE 2: Check again
        """);
    Files.writeString(
        plans.resolve("old.md"), "---\nid: old\nstatus: completed\n---\n## [x] PHASE 0: Done\n");
    assertThat(new OpenPlans(folder.resolve("sub"), Map.of()).get())
        .singleElement()
        .satisfies(
            plan -> {
              assertThat(plan.title()).isEqualTo("Halve the build time");
              assertThat(plan.state()).isEqualTo("in progress");
              assertThat(plan.done()).isEqualTo(1);
              assertThat(plan.phases()).isEqualTo(3);
              assertThat(plan.ready()).hasSize(1).first().asString().contains("Mend");
            });
  }

  @Test
  void whereThereAreNoneItTellsOfNone() {
    assertThat(new OpenPlans(folder, Map.of("FLOTILLA_PLANS", "nowhere")).get())
        .isEqualTo(List.of());
  }
}
