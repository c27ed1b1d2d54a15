package dev.flotilla.scan.read;

import dev.flotilla.scan.facts.Fact;
import dev.flotilla.scan.facts.FileFacts;
import dev.flotilla.scan.facts.FileFacts.Language;
import dev.flotilla.scan.facts.FileFacts.State;
import dev.flotilla.scan.facts.Prints;
import dev.flotilla.scan.rules.Confidence;
import dev.flotilla.scan.rules.Finding;
import dev.flotilla.scan.rules.Rule;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Decides what a file is and has it read. Pure; no file makes it throw. */
public final class FileReader {
  /** Larger files are not read. */
  public static final long LARGEST = 8L << 20;

  private static final Pattern REQUIREMENTS =
      Pattern.compile("(?:requirements|constraints)[\\w.\\-]*\\.(?:txt|in|lock)");
  private static final Pattern DOCKERFILE =
      Pattern.compile("(?i)dockerfile(?:[.\\-_][\\w.\\-]*)?|[\\w.\\-]+\\.dockerfile");
  private static final Pattern COMPOSE =
      Pattern.compile(
          "(?:docker-)?compose[\\w.\\-]*\\.ya?ml|[\\w.\\-]*docker-compose[\\w.\\-]*\\.ya?ml");

  private FileReader() {}

  /** What a file is by its path. */
  public static Language language(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".py") || lower.endsWith(".pyw") || lower.endsWith(".ipynb")) {
      return Language.PYTHON;
    }
    if (REQUIREMENTS.matcher(lower).matches()) {
      return Language.REQUIREMENTS;
    }
    if (lower.equals("pyproject.toml") || lower.equals("setup.cfg")) {
      return Language.PROJECT;
    }
    if (DOCKERFILE.matcher(name).matches()
        && !lower.matches(".*\\.(?:md|txt|sh|ignore|dockerignore)")) {
      return Language.DOCKERFILE;
    }
    if (COMPOSE.matcher(lower).matches()) {
      return Language.COMPOSE;
    }
    if (lower.endsWith(".yaml") || lower.endsWith(".yml")) {
      return Language.CONFIG;
    }
    if (lower.endsWith(".sh") || lower.endsWith(".bat")) {
      return Language.SHELL;
    }
    if (lower.equals(".env") || lower.startsWith(".env.") || lower.endsWith(".env")) {
      return Language.ENVIRONMENT;
    }
    if (lower.equals("coverage.xml") || lower.equals("coverage.json")) {
      return Language.COVERAGE;
    }
    return Language.OTHER;
  }

  /** The facts of a file. */
  public static FileFacts read(String path, byte[] bytes) {
    return switch (language(path)) {
      case PYTHON -> python(path, bytes);
      case REQUIREMENTS -> RequirementsReader.read(path, text(bytes));
      case PROJECT -> ProjectReader.read(path, text(bytes));
      case DOCKERFILE -> DockerfileReader.read(path, text(bytes));
      case COMPOSE -> ComposeReader.read(path, text(bytes));
      case CONFIG -> ConfigReader.read(path, text(bytes));
      case SHELL -> PlainReader.shell(path, text(bytes));
      case ENVIRONMENT -> PlainReader.environment(path, text(bytes));
      case COVERAGE -> PlainReader.coverage(path, text(bytes));
      case OTHER -> unread(path, Language.OTHER, List.of());
    };
  }

  /** The facts of a file that is too large or cannot be opened. */
  public static FileFacts unreadable(String path, String why) {
    Finding finding = Finding.of(Rule.TOO_LARGE, Confidence.PARSED, path, 0, why);
    return unread(path, language(path), List.of(finding));
  }

  private static FileFacts python(String path, byte[] bytes) {
    if (path.endsWith(".ipynb")) {
      return NotebookReader.read(path, text(bytes));
    }
    return PythonReader.read(path, bytes);
  }

  private static String text(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static FileFacts unread(String path, Language language, List<Finding> findings) {
    return new FileFacts(path, language, 0, State.UNREAD, findings, List.of(), Prints.NONE);
  }

  /** Facts of a file that is not Python. */
  static FileFacts plain(
      String path, Language language, String text, List<Finding> findings, List<Fact> facts) {
    int lines = (int) text.chars().filter(c -> c == '\n').count() + 1;
    return new FileFacts(
        path,
        language,
        lines,
        State.PARSED,
        List.copyOf(findings),
        List.copyOf(facts),
        Prints.NONE);
  }
}
