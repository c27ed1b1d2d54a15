package dev.flotilla.assistant.door;

import dev.flotilla.assistant.router.Calibration;
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

  /** {@link Calibration#NONE} when nothing was measured. */
  public Calibration read() {
    try {
      return file.read().map(data -> Wire.read(data, Calibration.class)).orElse(Calibration.NONE);
    } catch (IOException | UncheckedIOException e) {
      log.warn("The router's calibration cannot be read and counts as none: {}", e.getMessage());
      return Calibration.NONE;
    }
  }

  public void write(Calibration calibration) throws IOException {
    file.write(Wire.json(calibration));
  }
}
