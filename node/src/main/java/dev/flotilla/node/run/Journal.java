package dev.flotilla.node.run;

import dev.flotilla.model.AgentId;
import dev.flotilla.node.core.RunId;
import dev.flotilla.node.process.Processes;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers on disk which process is which agent, one small file an agent, written whole or not at
 * all. Not thread-safe for one agent.
 */
public final class Journal {
  private final Path folder;
  private final String bootId;

  /**
   * @param folder of the files, there already
   * @param bootId of this boot; entries of another are not believed
   */
  public Journal(Path folder, String bootId) {
    this.folder = folder;
    this.bootId = bootId;
  }

  /**
   * A running agent.
   *
   * @param launches how often it was started since its first node first did
   */
  public record Entry(
      AgentId agent,
      RunId run,
      Processes.Handle process,
      Instant startedAt,
      Optional<Instant> readyAt,
      int launches) {

    Entry ready(Instant at) {
      return new Entry(agent, run, process, startedAt, Optional.of(at), launches);
    }
  }

  /** Writes an entry in place of the one before. */
  public void write(Entry entry) throws IOException {
    StringBuilder text = new StringBuilder();
    line(text, "agent", entry.agent().toString());
    line(text, "run", entry.run().text());
    line(text, "pid", Long.toString(entry.process().pid()));
    line(text, "startTicks", Long.toString(entry.process().startTicks()));
    line(text, "startedAt", entry.startedAt().toString());
    entry.readyAt().ifPresent(at -> line(text, "readyAt", at.toString()));
    line(text, "launches", Integer.toString(entry.launches()));
    line(text, "boot", bootId);
    line(text, "end", "");
    Path file = file(entry.agent());
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(part, text);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Forgets an agent. */
  public void remove(AgentId agent) throws IOException {
    Files.deleteIfExists(file(agent));
  }

  /** The entries of this boot that can be read; others are left out. */
  public List<Entry> read() throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.run")) {
      for (Path file : files) {
        read(file).ifPresent(entries::add);
      }
    }
    return entries;
  }

  private Optional<Entry> read(Path file) throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    try {
      for (String line : Files.readAllLines(file)) {
        int at = line.indexOf(' ');
        if (at > 0) {
          fields.put(line.substring(0, at), line.substring(at + 1));
        }
      }
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    if (!fields.containsKey("end") || !bootId.equals(fields.get("boot"))) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Entry(
              AgentId.parse(field(fields, "agent"), ""),
              new RunId(field(fields, "run")),
              new Processes.Handle(
                  Long.parseLong(field(fields, "pid")),
                  Long.parseLong(field(fields, "startTicks"))),
              Instant.parse(field(fields, "startedAt")),
              Optional.ofNullable(fields.get("readyAt")).map(Instant::parse),
              Integer.parseInt(field(fields, "launches"))));
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static String field(Map<String, String> fields, String name) {
    String value = fields.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no " + name);
    }
    return value;
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(name).append(' ').append(value).append('\n');
  }

  private Path file(AgentId agent) {
    return folder.resolve(agent + ".run");
  }
}
