package dev.flotilla.cli.screen;

import dev.flotilla.model.Position;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The line of a file that a problem speaks of, with a caret under its column. Not thread-safe. */
public final class Excerpt {
  private static final int WIDEST = 160;
  private static final long LARGEST_FILE = 16 << 20;

  private final Path directory;
  private final Map<String, List<String>> files = new HashMap<>();

  /**
   * @param directory where relative file names begin
   */
  public Excerpt(Path directory) {
    this.directory = directory;
  }

  /** Three lines, or none where the place has no line that can be shown. */
  public List<String> of(Position where, boolean colour) {
    if (where.line() < 1) {
      return List.of();
    }
    List<String> lines = files.computeIfAbsent(where.file(), this::read);
    if (where.line() > lines.size()) {
      return List.of();
    }
    String source = lines.get(where.line() - 1);
    int column = Math.min(Math.max(where.column(), 1), source.length() + 1);
    int from = Math.max(0, column - WIDEST);
    String shown = Text.tame(Text.cut(source.substring(from), WIDEST + 20));
    String number = Integer.toString(where.line());
    String margin = " ".repeat(number.length());
    String bar = Style.DIM.paint("|", colour);
    String caretIndent = " ".repeat(Text.width(Text.tame(source.substring(from, column - 1))));
    return List.of(
        " " + margin + " " + bar,
        " " + Style.DIM.paint(number, colour) + " " + bar + " " + shown,
        " " + margin + " " + bar + " " + caretIndent + caret(where, colour));
  }

  private static String caret(Position where, boolean colour) {
    return where.column() < 1 ? "" : Style.BOLD_RED.paint("^", colour);
  }

  private List<String> read(String name) {
    return bytes(name)
        .map(
            bytes ->
                new BufferedReader(
                        new InputStreamReader(
                            new java.io.ByteArrayInputStream(bytes), StandardCharsets.UTF_8))
                    .lines()
                    .toList())
        .orElse(List.of());
  }

  /** Nothing when the file cannot be read: the problem itself says so. */
  private Optional<byte[]> bytes(String name) {
    try {
      Path file = directory.resolve(name);
      if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_FILE) {
        return Optional.empty();
      }
      try (InputStream in = Files.newInputStream(file)) {
        return Optional.of(in.readAllBytes());
      }
    } catch (IOException | java.nio.file.InvalidPathException e) {
      return Optional.empty();
    }
  }
}
