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
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dockerfiles: instructions with continuation lines, stages, and ARG and ENV put in. */
final class DockerfileReader {
  private static final Set<String> INSTRUCTIONS =
      Set.of(
          "FROM",
          "RUN",
          "CMD",
          "LABEL",
          "MAINTAINER",
          "EXPOSE",
          "ENV",
          "ADD",
          "COPY",
          "ENTRYPOINT",
          "VOLUME",
          "USER",
          "WORKDIR",
          "ARG",
          "ONBUILD",
          "STOPSIGNAL",
          "HEALTHCHECK",
          "SHELL");
  private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{(\\w+)(?::-([^}]*))?}|(\\w+))");
  private static final Pattern PIP = Pattern.compile("\\bpip3?\\s+install\\s+([^&|;]*)");
  private static final Pattern APT = Pattern.compile("\\bapt(?:-get)?\\s+install\\s+([^&|;]*)");

  private final String path;
  private final List<Fact> facts = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final Map<String, String> variables = new HashMap<>();
  private final Map<String, Stage> stages = new HashMap<>();
  private int stage = -1;
  private int lastFrom;
  private Stage current = new Stage();

  /** What a stage that another starts from leaves to it. */
  private static final class Stage {
    private String user = "";
    private boolean health;
  }

  private DockerfileReader(String path) {
    this.path = path;
  }

  static FileFacts read(String path, String text) {
    DockerfileReader reader = new DockerfileReader(path);
    reader.all(text);
    return FileReader.plain(path, Language.DOCKERFILE, text, reader.findings, reader.facts);
  }

  private void all(String text) {
    String[] lines = text.split("\\R", -1);
    String here = "";
    for (int i = 0; i < lines.length; i++) {
      int number = i + 1;
      String line = lines[i].strip();
      if (!here.isEmpty()) {
        here = line.equals(here) ? "" : here;
        continue;
      }
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      StringBuilder joined = new StringBuilder(line);
      while (joined.toString().endsWith("\\") && i + 1 < lines.length) {
        joined.setLength(joined.length() - 1);
        String next = lines[++i].strip();
        if (!next.startsWith("#")) {
          joined.append(' ').append(next);
        } else {
          joined.append('\\');
        }
      }
      Matcher document = Pattern.compile("<<-?[\"']?(\\w+)").matcher(joined);
      if (document.find()) {
        here = document.group(1);
      }
      instruction(joined.toString(), number);
    }
    conclude();
  }

  private void instruction(String line, int number) {
    int space = line.indexOf(' ');
    String word = (space < 0 ? line : line.substring(0, space)).toUpperCase(Locale.ROOT);
    String rest = space < 0 ? "" : line.substring(space + 1).strip();
    if (!INSTRUCTIONS.contains(word)) {
      report(Rule.DOCKER_PROBLEM, number, "“" + word + "” is not an instruction");
      return;
    }
    String resolved = word.equals("RUN") ? rest : resolve(rest);
    switch (word) {
      case "FROM" -> from(resolved, number);
      case "ARG", "ENV" -> variable(rest);
      case "USER" -> current.user = resolved;
      case "HEALTHCHECK" -> current.health = !resolved.equalsIgnoreCase("none");
      case "RUN" -> run(rest, number);
      default -> {}
    }
    facts.add(
        Fact.of(
            Fact.Kind.DOCKER, number, "", word, resolved, Integer.toString(Math.max(stage, 0))));
  }

  private void from(String arguments, int number) {
    stage++;
    lastFrom = number;
    current = new Stage();
    String[] words = arguments.replaceAll("--\\S+\\s+", "").split("\\s+", -1);
    String image = words[0];
    Stage before = stages.get(image.toLowerCase(Locale.ROOT));
    if (before != null) {
      current.user = before.user;
      current.health = before.health;
    }
    if (words.length >= 3 && words[1].equalsIgnoreCase("as")) {
      stages.put(words[2].toLowerCase(Locale.ROOT), current);
    }
    boolean own = before != null || image.equals("scratch");
    String tail = image.substring(image.lastIndexOf('/') + 1);
    if (!own && !image.contains("@") && !image.contains("$")) {
      if (!tail.contains(":")) {
        report(Rule.DOCKER_UNPINNED, number, "the base image " + image + " has no tag");
      } else if (tail.endsWith(":latest")) {
        report(Rule.DOCKER_UNPINNED, number, "the base image " + image + " is “latest”");
      }
    }
  }

  private void variable(String rest) {
    Matcher pair = Pattern.compile("(\\w+)=(\"[^\"]*\"|'[^']*'|\\S*)").matcher(rest);
    while (pair.find()) {
      variables.put(pair.group(1), resolve(pair.group(2).replaceAll("^[\"']|[\"']$", "")));
    }
  }

  private String resolve(String text) {
    Matcher matcher = VARIABLE.matcher(text);
    StringBuilder result = new StringBuilder();
    while (matcher.find()) {
      String name = matcher.group(1) != null ? matcher.group(1) : matcher.group(3);
      String known = variables.get(name);
      String initial = matcher.group(2);
      String value = known != null ? known : initial != null ? initial : matcher.group();
      matcher.appendReplacement(result, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(result).toString();
  }

  private void run(String command, int number) {
    Matcher pip = PIP.matcher(command);
    while (pip.find()) {
      boolean file = pip.group(1).matches(".*(?:^|\\s)(?:-r|--requirement|-c|-e)\\b.*");
      for (String word : pip.group(1).strip().split("\\s+", -1)) {
        String name = word.replaceAll("[\"']", "");
        boolean loose = name.matches("[A-Za-z][\\w.\\-]*(?:\\[[^\\]]*])?(?:[<>~].*)?");
        if (loose && !file && !name.matches("pip|setuptools|wheel")) {
          report(Rule.DOCKER_PIP, number, "pip installs " + name + " without a version");
        }
      }
    }
    Matcher apt = APT.matcher(command);
    if (apt.find() && !apt.group(1).contains("=")) {
      findings.add(
          Finding.of(
              Rule.DOCKER_PIP,
              Confidence.PARSED,
              path,
              number,
              "apt-get installs packages without versions"));
    }
  }

  private void conclude() {
    if (stage < 0) {
      report(Rule.DOCKER_PROBLEM, 1, "there is no FROM");
      return;
    }
    String user = current.user;
    if (user.isEmpty() || user.equals("root") || user.equals("0") || user.startsWith("root:")) {
      String why = user.isEmpty() ? "no USER in the last stage" : "the last USER is root";
      report(Rule.DOCKER_ROOT, lastFrom, why);
    }
    if (!current.health) {
      report(Rule.DOCKER_NO_HEALTH, lastFrom, "no HEALTHCHECK in the last stage");
    }
  }

  private void report(Rule rule, int line, String message) {
    findings.add(Finding.of(rule, Confidence.PARSED, path, line, message));
  }
}
