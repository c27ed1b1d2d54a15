package dev.flotilla.assistant.builtin;

import dev.flotilla.model.AgentId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a wish as the command that does it. It shows the command and does not run it. */
final class CommandTopic implements Topic {
  private static final String POLITE =
      "^(?:please |can you |could you |would you |kindly |i want to |i want you to "
          + "|how (?:do|can|should|would|could) i |how to )*";
  private static final Pattern WISH =
      Pattern.compile(
          POLITE
              + "(start|stop|restart|kill|shut down|shutdown|bring up|bring"
              + " down|take down|launch|boot|reboot)\\b(.*)$");
  private static final Pattern LATE =
      Pattern.compile(POLITE + "(shut|bring|take) (.+) (down|up)\\b(.*)$");
  private static final Pattern LOGS =
      Pattern.compile(
          POLITE + "(?:show|see|read|get|give)?(?: me)?(?: the)? ?logs? (?:of|for|from)\\b");
  private static final Map<String, String> COMMANDS =
      Map.of(
          "kill",
          "stop",
          "shut down",
          "stop",
          "shutdown",
          "stop",
          "take down",
          "stop",
          "bring down",
          "stop",
          "bring up",
          "start",
          "launch",
          "start",
          "boot",
          "start",
          "reboot",
          "restart");
  private static final Pattern ALL =
      Pattern.compile(
          "^ (?:the )?(?:whole )?(?:all|everything|everybody|fleet|all (?:the"
              + " )?(?:agents|services))$");
  private static final List<Pattern> FLAG =
      List.of(
          Pattern.compile(
              POLITE
                  + "(?:set|turn|switch)(?: the)?(?: (?<word>flag))? (?<flag>[\\w .-]+?)"
                  + "(?: flag)? (?:to )?(?<to>on|off|\\d{1,3} ?%)$"),
          Pattern.compile(
              POLITE
                  + "(?:turn|switch) (?<to>on|off)(?: the)?(?: (?<word>flag))? (?<flag>[\\w .-]+?)"
                  + "(?: flag)?$"),
          Pattern.compile(
              POLITE
                  + "(?<to>enable|disable)(?: the)?(?: (?<word>flag))? (?<flag>[\\w .-]+?)"
                  + "(?: flag)?$"));

  @Override
  public String name() {
    return "command";
  }

  @Override
  public String example() {
    return "Restart SystemDigitalTwin";
  }

  @Override
  public Optional<String> answer(Question question, Facts facts) {
    for (Pattern pattern : FLAG) {
      Matcher wish = pattern.matcher(question.plain());
      if (wish.find()) {
        Optional<String> answer = flag(wish, facts);
        if (answer.isPresent()) {
          return answer;
        }
      }
    }
    List<AgentId> named = question.agents(facts.fleet());
    if (LOGS.matcher(question.plain()).find() && named.size() == 1) {
      return Optional.of(shown("flotilla logs " + facts.fleet().shortName(named.getFirst())));
    }
    Matcher wish = WISH.matcher(verbFirst(question.plain()));
    if (!wish.find()) {
      return Optional.empty();
    }
    String command = COMMANDS.getOrDefault(wish.group(1), wish.group(1));
    if (ALL.matcher(wish.group(2)).find()) {
      return Optional.of(
          shown(
              switch (command) {
                case "stop" -> "flotilla down";
                case "start" -> "flotilla up";
                default -> "flotilla down && flotilla up";
              }));
    }
    return named.isEmpty() || !question.known(facts.fleet())
        ? Optional.empty()
        : Optional.of(
            shown(
                "flotilla "
                    + command
                    + " "
                    + String.join(
                        " ", named.stream().map(id -> facts.fleet().shortName(id)).toList())));
  }

  /** {@code shut everything down} as {@code shut down everything}. */
  private static String verbFirst(String plain) {
    Matcher late = LATE.matcher(plain);
    return late.find()
        ? "%s %s %s%s".formatted(late.group(1), late.group(3), late.group(2), late.group(4))
        : plain;
  }

  /** Empty when no flag is meant: lights are turned on as well. */
  private static Optional<String> flag(Matcher wish, Facts facts) {
    Question flag = Question.of(wish.group("flag"));
    String to =
        switch (wish.group("to")) {
          case "enable" -> "on";
          case "disable" -> "off";
          default -> wish.group("to").replace(" ", "");
        };
    Optional<String> known =
        facts.flags().keySet().stream().filter(name -> FlagTopic.named(flag, name)).findFirst();
    if (known.isPresent()) {
      return Optional.of(shown("flotilla flag set %s %s".formatted(known.get(), to)));
    }
    return wish.group("word") == null
        ? Optional.empty()
        : Optional.of("The fleet has no flag %s.".formatted(flag.plain()));
  }

  private static String shown(String command) {
    return "I do not run commands. This one does it:\n  " + command;
  }
}
