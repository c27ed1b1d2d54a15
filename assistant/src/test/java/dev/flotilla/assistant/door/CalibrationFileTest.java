package dev.flotilla.assistant.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.assistant.router.Calibration;
import dev.flotilla.assistant.router.Policy;
import dev.flotilla.assistant.router.TaskClass;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CalibrationFileTest {
  @TempDir private Path folder;

  private static Policy policy(String example) {
    return new Policy(
        List.of(
            new TaskClass(
                "all",
                List.of(),
                List.of(example),
                List.of("builtin"),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty())),
        "all",
        0.75);
  }

  @Test
  void whatWasMeasuredIsUsedForTheTasksItWasMeasuredOn() throws Exception {
    CalibrationFile file = new CalibrationFile(folder);
    assertThat(file.read(policy("one"))).isEqualTo(Calibration.START);
    Calibration measured =
        new Calibration(policy("one").fingerprint(), 30, Map.of("all", 0.1), 0.9, 0.5);
    file.write(measured);
    assertThat(file.read(policy("one"))).isEqualTo(measured);
    assertThat(file.read(policy("another"))).isEqualTo(Calibration.START);
  }

  @Test
  void aFileThatCannotBeReadCountsAsNone() throws Exception {
    Files.writeString(folder.resolve("calibration.json"), "{\"steps\": [], \"standard\": 0.5}");
    assertThat(new CalibrationFile(folder).read(policy("one"))).isEqualTo(Calibration.START);
  }
}
