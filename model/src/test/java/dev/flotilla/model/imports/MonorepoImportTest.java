package dev.flotilla.model.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.flotilla.model.Fleet;
import dev.flotilla.model.Problem;
import dev.flotilla.model.check.Facts;
import dev.flotilla.model.check.FleetCheck;
import dev.flotilla.model.graph.StartOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The real files of a public 77-agent system, where they lie beside the checkout under
 * shared/data/monorepo. Elsewhere these tests are skipped; {@link FleetImportTest} has the same
 * shapes in small.
 */
class MonorepoImportTest {
  private static final Path DATA = Path.of("../../shared/data/monorepo");

  @Test
  void bothMachinesBecomeOneFleetOfSeventyTwo() throws IOException {
    Source main = source("main_pc_code/config/startup_config.yaml");
    Source pc2 = source("pc2_code/config/startup_config.yaml");
    Imported imported = Imports.imported(main, pc2);
    Fleet fleet = Imports.fleet(imported);

    assertThat(fleet.agentsOn("main_pc")).hasSize(49);
    assertThat(fleet.agentsOn("pc2")).hasSize(23);
    assertThat(fleet.groups().values().stream().filter(g -> g.machine().equals("main_pc")))
        .hasSize(11);
    assertThat(Imports.found(imported, Note.Kind.UNDERSTOOD))
        .anySatisfy(n -> assertThat(n).contains("3 names on both main_pc and pc2"))
        .anySatisfy(
            n -> assertThat(n).contains("SpeechRelayService on pc2 needs StreamingTTSAgent"))
        .anySatisfy(n -> assertThat(n).contains("not indented enough"));
    assertThat(FleetCheck.check(fleet, Facts.none()))
        .extracting(Problem::found)
        .containsExactly("the machines main_pc, pc2 with one address, 127.0.0.1");
    assertThat(StartOrder.of(fleet).flat()).hasSize(72);
    Imports.assertNothingIsLost(imported, main, pc2);
  }

  @Test
  void theUnifiedConfigurationHasSeventyNineAgentsSomeOnBothMachines() throws IOException {
    Source v3 = source("config/startup_config.v3.yaml");
    Imported imported = Imports.imported(v3);
    Fleet fleet = Imports.fleet(imported);
    assertThat(fleet.agents().keySet().stream().map(id -> id.name()).distinct()).hasSize(79);
    assertThat(fleet.agents()).hasSize(102);
    assertThat(StartOrder.of(fleet).flat()).hasSize(102);
    Imports.assertNothingIsLost(imported, v3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "affective_processing_center/docker-compose.yml",
        "memory_fusion_hub/docker-compose.yml",
        "model_ops_coordinator/deploy/docker-compose.yml",
        "real_time_audio_pipeline/docker-compose.yml"
      })
  void composeFilesAloneLoadAndLoseNothing(String file) throws IOException {
    Source compose = source(file);
    Imported imported = Imports.imported(compose);
    assertThat(Imports.fleet(imported).agents()).hasSize(imported.agents());
    Imports.assertNothingIsLost(imported, compose);
  }

  @Test
  void everythingTogether() throws IOException {
    Source[] all = {
      source("main_pc_code/config/startup_config.yaml"),
      source("pc2_code/config/startup_config.yaml"),
      source("affective_processing_center/docker-compose.yml"),
      source("memory_fusion_hub/docker-compose.yml"),
      source("model_ops_coordinator/deploy/docker-compose.yml"),
      source("real_time_audio_pipeline/docker-compose.yml")
    };
    Imported imported = Imports.imported(all);
    assertThat(Imports.fleet(imported).agents()).hasSize(72 + 23);
    Imports.assertNothingIsLost(imported, all);
  }

  private static Source source(String file) throws IOException {
    Path path = DATA.resolve(file);
    assumeThat(path).as("the public repository is not beside this checkout").exists();
    return new Source(file, Files.readAllBytes(path), Optional.empty());
  }
}
