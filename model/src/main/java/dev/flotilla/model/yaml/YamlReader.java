package dev.flotilla.model.yaml;

import dev.flotilla.model.Position;
import dev.flotilla.model.Problems;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one YAML document. What is not YAML, too large, too deep or grown by aliases is a problem
 * with its place, never an exception; a key that stands twice is a problem and the first one
 * counts.
 */
public final class YamlReader {
  /** Bytes of the largest file that is read. */
  public static final int LARGEST = 4 << 20;

  /** Levels of mappings and lists in each other. */
  public static final int DEEPEST = 64;

  /** Values that aliases may add to those that are written. */
  public static final int MOST_ALIASED = 50_000;

  private YamlReader() {}

  /**
   * @param file how the file is called in problems
   * @return the document; empty when it is not YAML or there is nothing in it, and then a problem
   *     was added
   */
  public static Optional<YamlNode> read(String file, byte[] bytes, Problems problems) {
    return YamlDecoder.decode(file, bytes, problems).flatMap(text -> parse(file, text, problems));
  }

  private static Optional<YamlNode> parse(String file, String text, Problems problems) {
    LoadSettings settings =
        LoadSettings.builder().setLabel(file).setCodePointLimit(Integer.MAX_VALUE).build();
    try {
      return new YamlComposer(file, new Parse(settings).parseString(text).iterator(), problems)
          .document();
    } catch (YamlComposer.Stop stop) {
      return Optional.empty();
    } catch (MarkedYamlEngineException e) {
      notYaml(file, text, e, problems);
      return Optional.empty();
    } catch (ReaderException e) {
      problems.error(
          new Position(file, lineAt(text, e.getPosition()), 0),
          String.format("a control character U+%04X", e.getCodePoint()),
          "printable text",
          "remove the character, or write it as an escape in double quotes");
      return Optional.empty();
    } catch (YamlEngineException e) {
      problems.error(
          new Position(file, 0, 0),
          String.valueOf(e.getMessage()),
          "YAML",
          "compare with the examples in docs/manifest.md");
      return Optional.empty();
    }
  }

  private static void notYaml(
      String file, String text, MarkedYamlEngineException e, Problems problems) {
    if (tabs(file, text, problems)) {
      return;
    }
    Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
    Position where =
        mark.map(m -> new Position(file, m.getLine() + 1, m.getColumn() + 1))
            .orElse(new Position(file, 0, 0));
    String context = e.getContext() == null ? "" : e.getContext() + ": ";
    problems.error(
        where,
        (context + e.getProblem()).replace('\n', ' '),
        "YAML",
        "look at this line and the one before: indentation, a missing colon or quote; put text"
            + " with ': ', '#', '{', '[', '*', '&' or '%' in quotes");
  }

  /** A tab in indentation is what an editor leaves behind; each such line is named. */
  private static boolean tabs(String file, String text, Problems problems) {
    boolean found = false;
    int line = 1;
    boolean indentation = true;
    int lineStart = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        line++;
        lineStart = i + 1;
        indentation = true;
      } else if (c == '\t' && indentation) {
        problems.error(
            new Position(file, line, i - lineStart + 1),
            "a tab in the indentation",
            "spaces",
            "indent with two spaces a level; most editors can convert tabs");
        found = true;
        indentation = false;
      } else if (c != ' ') {
        indentation = false;
      }
    }
    return found;
  }

  private static int lineAt(String text, int index) {
    return 1 + (int) text.codePoints().limit(index).filter(c -> c == '\n').count();
  }
}
