package dev.flotilla.scan.read;

import dev.flotilla.scan.facts.Fact;
import dev.flotilla.scan.facts.FileFacts;
import dev.flotilla.scan.facts.FileFacts.Language;
import dev.flotilla.scan.rules.Confidence;
import dev.flotilla.scan.rules.Finding;
import dev.flotilla.scan.rules.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requirements and constraints files, by pip's grammar. */
final class RequirementsReader {
  private static final Pattern LINE =
      Pattern.compile(
          "^([A-Za-z0-9](?:[\\w.\\-]*[A-Za-z0-9])?)\\s*(\\[[^\\]]*])?\\s*"
              + "(@\\s*\\S+|\\(?(?:(?:[<>=!~]=?=?|===)\\s*[\\w.*+!\\-]+\\s*,?\\s*)*\\)?)\\s*(?:;\\s*(.*))?$");

  private RequirementsReader() {}

  static FileFacts read(String path, String text) {
    List<Finding> findings = new ArrayList<>();
    List<Fact> facts = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    boolean lock = path.contains("lock");
    String[] lines = text.split("\\R", -1);
    for (int i = 0; i < lines.length; i++) {
      int number = i + 1;
      StringBuilder joined = new StringBuilder(lines[i]);
      while (joined.toString().stripTrailing().endsWith("\\") && i + 1 < lines.length) {
        joined.setLength(joined.toString().stripTrailing().length() - 1);
        joined.append(' ').append(lines[++i].strip());
      }
      line(path, joined.toString(), number, lock, facts, findings, seen);
    }
    return FileReader.plain(path, Language.REQUIREMENTS, text, findings, facts);
  }

  private static void line(
      String path,
      String raw,
      int number,
      boolean lock,
      List<Fact> facts,
      List<Finding> findings,
      Map<String, Integer> seen) {
    String line = raw.replaceAll("(?:^|\\s)#.*$", "").strip();
    if (line.isEmpty()) {
      return;
    }
    Matcher include =
        Pattern.compile("^(?:-r|--requirement|-c|--constraint)[\\s=]*(\\S+)").matcher(line);
    if (include.find()) {
      String kind = line.startsWith("-c") || line.startsWith("--c") ? "c" : "r";
      facts.add(Fact.of(Fact.Kind.REQUIREMENT_INCLUDE, number, "", include.group(1), kind));
      return;
    }
    if (line.startsWith("-") || line.matches("^(?:git\\+|https?://|file:|\\./|/).*")) {
      Matcher egg = Pattern.compile("#egg=([\\w.\\-]+)").matcher(raw);
      if (egg.find()) {
        facts.add(requirement(egg.group(1), "", "", "", true, false, number));
      }
      return;
    }
    boolean hashed = line.contains("--hash=");
    String bare = line.replaceAll("\\s--\\S+", "").strip();
    Matcher matcher = LINE.matcher(bare);
    if (!matcher.matches()) {
      findings.add(
          Finding.of(
              Rule.REQUIREMENT_PROBLEM,
              Confidence.PARSED,
              path,
              number,
              "“" + shortened(bare) + "” is not a requirement"));
      return;
    }
    String specifier = Optional.ofNullable(matcher.group(3)).orElse("").replaceAll("[\\s()]", "");
    String marker = Optional.ofNullable(matcher.group(4)).orElse("").strip();
    String extras = Optional.ofNullable(matcher.group(2)).orElse("");
    boolean pinned = specifier.contains("==") || specifier.startsWith("@");
    String name = normalised(matcher.group(1));
    facts.add(requirement(name, specifier, marker, extras, pinned, hashed, number));
    Integer before = seen.putIfAbsent(name + ";" + marker, number);
    if (before != null) {
      findings.add(
          Finding.of(
              Rule.DUPLICATE_REQUIREMENT,
              Confidence.PARSED,
              path,
              number,
              name + " stands already in line " + before));
    }
    if (StandardLibrary.contains(name.replace('-', '_')) && !name.equals("typing-extensions")) {
      findings.add(
          Finding.of(
              Rule.STDLIB_REQUIREMENT,
              Confidence.PARSED,
              path,
              number,
              name + " belongs to the standard library"));
    }
    if (!pinned && !lock && !path.contains("constraints")) {
      findings.add(
          Finding.of(
              Rule.UNPINNED, Confidence.PARSED, path, number, name + specifier + " is not pinned"));
    }
  }

  static Fact requirement(
      String name,
      String specifier,
      String marker,
      String extras,
      boolean pinned,
      boolean hashed,
      int line) {
    return Fact.of(
        Fact.Kind.REQUIREMENT,
        line,
        "",
        normalised(name),
        specifier,
        marker,
        extras,
        pinned ? "pinned" : "loose",
        hashed ? "hashed" : "");
  }

  /** A requirement written in another file, such as {@code torch>=2}. */
  static Optional<Fact> parse(String text, int line) {
    Matcher matcher = LINE.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String specifier = Optional.ofNullable(matcher.group(3)).orElse("").replaceAll("[\\s()]", "");
    boolean pinned = specifier.contains("==");
    return Optional.of(requirement(matcher.group(1), specifier, "", "", pinned, false, line));
  }

  /** PEP 503. */
  static String normalised(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-");
  }

  private static String shortened(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }
}
