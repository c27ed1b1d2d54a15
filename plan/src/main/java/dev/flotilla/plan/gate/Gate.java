package dev.flotilla.plan.gate;

import dev.flotilla.model.Position;
import dev.flotilla.model.Problem;
import dev.flotilla.plan.Block;
import dev.flotilla.plan.Hashes;
import dev.flotilla.plan.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The conditions of a phase, from its {@code gate} blocks and from the sentence of its IMPORTANT
 * NOTE that asks for a confidence.
 *
 * @param problems lines that are not conditions; a gate with problems does not open
 */
public record Gate(List<Condition> conditions, List<Problem> problems) {
  private static final Pattern NOTE =
      Pattern.compile("(?i)confidence[^.]{0,60}?below\\s+(\\d{1,3})\\s*%");
  private static final Pattern LINE = Pattern.compile("([a-z]+)\\s*:?\\s*(.*)");
  private static final Pattern VALUE =
      Pattern.compile("([A-Za-z][\\w.-]*)\\s*:?\\s*`([^`]+)`\\s*(.+)");
  private static final Pattern METRIC =
      Pattern.compile("([A-Za-z_][\\w.:-]*(?:\\{[^}]*\\})?)\\s*(.+)");
  private static final Pattern FINDINGS = Pattern.compile("no findings\\s*>=\\s*(\\w+)");
  private static final Pattern HEALTHY =
      Pattern.compile("all for (\\d+)\\s*(s|sec|seconds?|m|min|minutes?|h|hours?)");
  private static final Pattern FILE = Pattern.compile("(\\S+)(?:\\s+sha256:([0-9a-fA-F]{64}))?");
  private static final Pattern CONFIDENCE =
      Pattern.compile(">=\\s*(\\d{1,3}(?:\\.\\d+)?)\\s*%?\\s*(calibrated)?");

  public Gate {
    conditions = List.copyOf(conditions);
    problems = List.copyOf(problems);
  }

  public static Gate of(String file, Phase phase) {
    List<Condition> conditions = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (Block block : phase.blocks(Block.Role.GATE)) {
      int line = block.line();
      for (String words : block.code().split("\n")) {
        line++;
        String text = words.strip();
        if (!text.isEmpty() && !text.startsWith("#")) {
          Optional<Condition> condition = parse(text);
          condition.ifPresent(conditions::add);
          if (condition.isEmpty()) {
            problems.add(problem(file, line, text));
          }
        }
      }
    }
    Matcher note = NOTE.matcher(phase.note());
    if (conditions.stream().noneMatch(c -> c instanceof Condition.Confidence) && note.find()) {
      double percent = Double.parseDouble(note.group(1));
      conditions.add(
          new Condition.Confidence("confidence >= " + note.group(1) + " %", percent, false));
    }
    return new Gate(conditions, problems);
  }

  private static Problem problem(String file, int line, String text) {
    return Problem.error(
        new Position(file + ".md", line, 0),
        "“" + text + "” in a gate",
        "command: C | value NAME: `C` <= N | metric: NAME <= N | scan: no findings >= high"
            + " | healthy: all for 5 min | file: PATH | ack: NAME | confidence >= 90 %",
        "write one condition a line");
  }

  static Optional<Condition> parse(String text) {
    Matcher line = LINE.matcher(text);
    if (!line.matches()) {
      return Optional.empty();
    }
    String rest = line.group(2).strip();
    if (rest.isEmpty()) {
      return Optional.empty();
    }
    return switch (line.group(1)) {
      case "command" -> Optional.of(new Condition.Command(text, unquoted(rest)));
      case "value" -> value(text, rest);
      case "metric" -> metric(text, rest);
      case "scan" -> match(FINDINGS, rest).map(m -> new Condition.NoFindings(text, m.group(1)));
      case "healthy" -> match(HEALTHY, rest).map(m -> new Condition.Healthy(text, duration(m)));
      case "file" ->
          match(FILE, rest)
              .map(
                  m ->
                      new Condition.FileExists(
                          text, m.group(1), m.group(2) == null ? "" : m.group(2)));
      case "ack" -> Optional.of(new Condition.Acknowledged(text, rest));
      case "confidence" ->
          match(CONFIDENCE, rest)
              .map(
                  m ->
                      new Condition.Confidence(
                          text, Double.parseDouble(m.group(1)), m.group(2) != null));
      default -> Optional.empty();
    };
  }

  private static Optional<Condition> value(String text, String rest) {
    return match(VALUE, rest)
        .flatMap(
            m ->
                Threshold.parse(m.group(3))
                    .map(t -> new Condition.Value(text, m.group(1), m.group(2), t)));
  }

  private static Optional<Condition> metric(String text, String rest) {
    return match(METRIC, rest)
        .flatMap(
            m -> Threshold.parse(m.group(2)).map(t -> new Condition.Metric(text, m.group(1), t)));
  }

  private static Optional<Matcher> match(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.matches() ? Optional.of(matcher) : Optional.empty();
  }

  private static String unquoted(String command) {
    return command.length() > 2 && command.startsWith("`") && command.endsWith("`")
        ? command.substring(1, command.length() - 1)
        : command;
  }

  private static Duration duration(Matcher m) {
    long count = Long.parseLong(m.group(1));
    return switch (m.group(2).charAt(0)) {
      case 's' -> Duration.ofSeconds(count);
      case 'h' -> Duration.ofHours(count);
      default -> Duration.ofMinutes(count);
    };
  }

  /** The commands this gate runs, in order; each with the line that asks for it. */
  public List<String> commands() {
    List<String> commands = new ArrayList<>();
    for (Condition condition : conditions) {
      switch (condition) {
        case Condition.Command c -> commands.add(c.command());
        case Condition.Value v -> commands.add(v.command());
        case Condition.Metric m -> {}
        case Condition.NoFindings n -> {}
        case Condition.Healthy h -> {}
        case Condition.FileExists f -> {}
        case Condition.Acknowledged a -> {}
        case Condition.Confidence c -> {}
      }
    }
    return commands;
  }

  /** What {@code --run} must state so that only commands that were shown are run. */
  public String hash(String folder) {
    return Hashes.of(folder + "\n" + String.join("\n", commands())).substring(0, 12);
  }
}
