package dev.flotilla.hub.registry;

import dev.flotilla.kernel.state.AppendLog;
import dev.flotilla.kernel.wire.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registrations on disk: a log of what was made and what ended. Renewals are not written, since
 * every lease begins anew after a restart. Not thread-safe.
 */
final class RegistryStore implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RegistryStore.class);
  private static final int WASTE = 1_000;

  private final AppendLog file;

  RegistryStore(Path path) throws IOException {
    this.file = AppendLog.open(path);
  }

  /** One line of the log. */
  private sealed interface Line {
    /** A registration holds from here on. */
    record Made(Registration registration, Instant at) implements Line {}

    /** It ended. */
    record Ended(String name, String instance) implements Line {}
  }

  /** What held when the log was last written to, in order. */
  Collection<Entry> found() {
    Map<Registry.Key, Entry> entries = new LinkedHashMap<>();
    int unread = file.damaged();
    for (String text : file.recovered()) {
      try {
        switch (Wire.read(text.getBytes(StandardCharsets.UTF_8), Line.class)) {
          case Line.Made(Registration registration, Instant at) ->
              entries.put(Registry.Key.of(registration), Entry.made(registration, at));
          case Line.Ended(String name, String instance) ->
              entries.remove(Registry.Key.of(name, instance));
        }
      } catch (UncheckedIOException e) {
        unread++;
      }
    }
    if (unread > 0) {
      log.warn(
          "{} lines of the registry's log could not be read; their owners register again", unread);
    }
    return entries.values();
  }

  /**
   * Writes what happened; returns once it outlasts a kill.
   *
   * @throws IOException when it could not be written; then nothing of it counts
   */
  void write(List<Change> changes, Registry after) throws IOException {
    file.append(changes.stream().map(change -> Wire.text(line(change))).toList());
    if (file.entries() > after.entries().size() + WASTE) {
      shorten(after);
    }
  }

  /** What is written is safe either way. */
  private void shorten(Registry after) {
    List<String> lines = new ArrayList<>();
    after
        .entries()
        .values()
        .forEach(e -> lines.add(Wire.text(new Line.Made(e.registration(), e.registeredAt()))));
    try {
      file.rewrite(lines);
    } catch (IOException e) {
      log.warn("The registry's log could not be written anew and grows on: {}", e.getMessage());
    }
  }

  private static Line line(Change change) {
    Registration r = change.entry().registration();
    return switch (change) {
      case Change.Registered(Entry entry) ->
          new Line.Made(entry.registration(), entry.registeredAt());
      case Change.Deregistered _, Change.Replaced _, Change.Expired _, Change.OwnerGone _ ->
          new Line.Ended(r.name(), r.instance());
    };
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
