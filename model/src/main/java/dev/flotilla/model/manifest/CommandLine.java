package dev.flotilla.model.manifest;

import dev.flotilla.model.Position;
import dev.flotilla.model.Problems;
import dev.flotilla.model.yaml.YamlNode;
import dev.flotilla.model.yaml.YamlNode.Mapping;
import dev.flotilla.model.yaml.YamlNode.Scalar;
import dev.flotilla.model.yaml.YamlNode.Sequence;
import dev.flotilla.model.yaml.YamlNode.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Splits one line into words as a shell does: blanks part them, quotes and backslashes hold them
 * together. No shell reads the words, so what only a shell understands is a mistake.
 */
final class CommandLine {
  private static final Set<String> OF_THE_SHELL =
      Set.of("|", "||", "&", "&&", ";", ">", ">>", "<", "2>&1", "2>");

  private final String line;
  private final Position where;
  private final Problems problems;

  private CommandLine(String line, Position where, Problems problems) {
    this.line = line;
    this.where = where;
    this.problems = problems;
  }

  /** The words of a line or a list; none when a problem was reported. */
  static List<String> words(YamlNode node, Problems problems) {
    return switch (node) {
      case Mapping mapping -> List.of();
      case Scalar scalar ->
          scalar.style() == Style.BROKEN
              ? List.of()
              : new CommandLine(scalar.text(), scalar.where(), problems).split();
      case Sequence list -> {
        if (list.items().isEmpty()) {
          problems.error(
              list.where(), "an empty list", "a program and its arguments", "name the program");
        }
        yield list.items().stream()
            .filter(Scalar.class::isInstance)
            .map(item -> ((Scalar) item).text())
            .toList();
      }
    };
  }

  private List<String> split() {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    boolean quoted = false;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != 0 && c == quote) {
        quote = 0;
      } else if (c == '\\' && escapes(quote, i + 1)) {
        i++;
        word.append(line.charAt(i));
        inWord = true;
      } else if (quote != 0) {
        word.append(c);
      } else if (c == '\'' || c == '"') {
        quote = c;
        quoted = true;
        inWord = true;
      } else if (Character.isWhitespace(c)) {
        if (inWord) {
          add(words, word.toString(), quoted);
        }
        word.setLength(0);
        inWord = false;
        quoted = false;
      } else {
        word.append(c);
        inWord = true;
      }
    }
    if (quote != 0) {
      problems.error(
          where,
          "an open quote " + quote,
          "a closed one",
          "close it, or write the command as a list");
    }
    if (inWord) {
      add(words, word.toString(), quoted);
    }
    return words;
  }

  private boolean escapes(char quote, int next) {
    return next < line.length()
        && (quote == 0 || (quote == '"' && "\"\\".indexOf(line.charAt(next)) >= 0));
  }

  private void add(List<String> words, String word, boolean quoted) {
    if (!quoted && OF_THE_SHELL.contains(word)) {
      problems.error(
          where,
          "'" + word + "' in a command that no shell reads",
          "a program and its arguments",
          "to have a shell read it, write [sh, -c, '…']");
    }
    words.add(word);
  }
}
