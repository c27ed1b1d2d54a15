package dev.flotilla.assistant.door;

import dev.flotilla.assistant.router.Choice;
import dev.flotilla.kernel.state.AppendLog;
import dev.flotilla.kernel.wire.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests of which the router was not sure, with what they said, in a file that the owner alone
 * can read: to be labelled, and learned from. The oldest go when there are many. Thread-safe.
 */
final class AmbiguousLog implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AmbiguousLog.class);
  private static final int MOST = 1_000;
  private static final int LONGEST = 500;

  private final AppendLog file;
  private final InstantSource time;

  record Line(Instant at, String request, String taken, String other, double lead, String text) {}

  AmbiguousLog(Path path, InstantSource time) throws IOException {
    this.time = time;
    this.file = AppendLog.open(path);
    List<String> kept = file.recovered();
    if (kept.size() > MOST) {
      file.rewrite(kept.subList(kept.size() - MOST, kept.size()));
    }
  }

  void note(String request, Choice choice, String text) {
    if (!(choice.why() instanceof Choice.Ambiguous(var taken, var other, var lead))) {
      return;
    }
    log.info("{} could be {} or {}; taken for {}", request, taken, other, taken);
    String shown = text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    try {
      if (file.entries() < 2 * MOST) {
        file.append(Wire.text(new Line(time.instant(), request, taken, other, lead, shown)));
      }
    } catch (IOException e) {
      log.warn("An ambiguous request could not be kept: {}", e.getMessage());
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
