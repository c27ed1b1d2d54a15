package dev.flotilla.assistant.door;

import dev.flotilla.assistant.router.Choice;
import dev.flotilla.kernel.state.AppendLog;
import dev.flotilla.kernel.wire.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
public final class AmbiguousLog implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AmbiguousLog.class);
  private static final int MOST = 1_000;
  private static final int LONGEST = 500;

  private final Path path;
  private final AppendLog file;
  private final InstantSource time;

  /**
   * A request.
   *
   * @param taken the task it went to
   * @param other the likelier one, which is less safe
   * @param sureOfOther how likely that was, from 0 to 1
   */
  public record Line(
      Instant at, String request, String taken, String other, double sureOfOther, String text) {}

  AmbiguousLog(Path folder, InstantSource time) throws IOException {
    this.time = time;
    this.path = in(folder);
    this.file = AppendLog.open(path);
    if (file.entries() > MOST) {
      forget();
    }
  }

  /**
   * What is kept, the oldest first; also while a door writes.
   *
   * @param folder the door's own, in the fleet's state folder
   */
  public static List<Line> read(Path folder) throws IOException {
    return AppendLog.texts(in(folder)).stream()
        .map(text -> Wire.read(text.getBytes(StandardCharsets.UTF_8), Line.class))
        .toList();
  }

  private static Path in(Path folder) {
    return folder.resolve("ambiguous.log");
  }

  void note(String request, Choice choice, String text) {
    if (!(choice.why() instanceof Choice.Ambiguous(var taken, var other, var sure))) {
      return;
    }
    log.info("{} could be {} or {}; taken for {}", request, taken, other, taken);
    String shown = text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    try {
      keep(Wire.text(new Line(time.instant(), request, taken, other, sure, shown)));
    } catch (IOException e) {
      log.warn("An ambiguous request could not be kept: {}", e.getMessage());
    }
  }

  private synchronized void keep(String line) throws IOException {
    if (file.entries() >= 2 * MOST) {
      forget();
    }
    file.append(line);
  }

  private void forget() throws IOException {
    List<String> all = AppendLog.texts(path);
    file.rewrite(all.subList(Math.max(0, all.size() - MOST), all.size()));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
