package dev.flotilla.hub.twin;

import dev.flotilla.kernel.state.AppendLog;
import dev.flotilla.kernel.wire.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What agents were seen to be, on disk, one line a change. Not thread-safe. */
final class TwinStore implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TwinStore.class);

  private final AppendLog file;
  private final int limit;

  /**
   * @param limit how many lines there may be beyond what is kept before the file is written anew
   */
  TwinStore(Path path, int limit) throws IOException {
    this.file = AppendLog.open(path);
    this.limit = limit;
  }

  List<StatusHistory.Moment> found() {
    List<StatusHistory.Moment> moments = new ArrayList<>();
    int unread = file.damaged();
    for (String line : file.recovered()) {
      try {
        moments.add(Wire.read(line.getBytes(StandardCharsets.UTF_8), StatusHistory.Moment.class));
      } catch (UncheckedIOException e) {
        unread++;
      }
    }
    if (unread > 0) {
      log.warn("{} lines of the twin's history could not be read and are left out", unread);
    }
    return moments;
  }

  void write(StatusHistory.Moment moment, StatusHistory history) throws IOException {
    file.append(Wire.text(moment));
    List<StatusHistory.Moment> kept = file.entries() > 2 * limit ? history.moments() : List.of();
    if (!kept.isEmpty()) {
      file.rewrite(kept.stream().map(Wire::text).toList());
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
