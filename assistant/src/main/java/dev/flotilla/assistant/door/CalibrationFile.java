package dev.flotilla.assistant.door;

import dev.flotilla.assistant.router.Calibration;
import dev.flotilla.assistant.router.Policy;
import dev.flotilla.kernel.state.AtomicFile;
import dev.flotilla.kernel.wire.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the router's claims are worth, as measured last. Thread-safe. */
public final class CalibrationFile {
  private static final Logger log = LoggerFactory.getLogger(CalibrationFile.class);

  private final AtomicFile file;

  /**
   * @param folder the door's own, in the fleet's state folder
   */
  public CalibrationFile(Path folder) {
    this.file = new AtomicFile(folder.resolve("calibration.json"));
  }

  /**
   * What was measured for this policy; {@link Calibration#START} when nothing was, or for another.
   */
  public Calibration read(Policy policy) {
    try {
      Calibration found =
          file.read().map(data -> Wire.read(data, Calibration.class)).orElse(Calibration.START);
      return found.tasks().equals(policy.fingerprint()) ? found : Calibration.START;
    } catch (IOException | UncheckedIOException e) {
      log.warn("The router's calibration cannot be read and counts as none: {}", e.getMessage());
      return Calibration.START;
    }
  }

  public void write(Calibration calibration) throws IOException {
    file.write(Wire.json(calibration));
  }
}
