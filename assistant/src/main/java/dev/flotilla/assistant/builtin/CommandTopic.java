package dev.flotilla.assistant.builtin;

import dev.flotilla.model.AgentId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a wish as the command that does it. It shows the command and does not run it. */
final class CommandTopic implements Topic {
  private static final Pattern WISH =
      Pattern.compile("^(?:please |can you |could you )?(start|stop|restart)\\b");
  private static final Pattern FLAG =
      Pattern.compile(
          "^(?:please )?(?:set|turn|switch)(?: the)?(?: flag)? ([\\w-]+) (?:to )?(on|off|\\d{1,3}"
              + " ?%)$");

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
    Matcher flag = FLAG.matcher(question.plain());
    if (flag.find()) {
      return Optional.of(
          shown(
              "flotilla flag set %s %s".formatted(flag.group(1), flag.group(2).replace(" ", ""))));
    }
    Matcher wish = WISH.matcher(question.plain());
    if (!wish.find()) {
      return Optional.empty();
    }
    List<AgentId> named = question.agents(facts.fleet());
    return named.isEmpty()
        ? Optional.empty()
        : Optional.of(
            shown(
                "flotilla "
                    + wish.group(1)
                    + " "
                    + String.join(
                        " ", named.stream().map(id -> facts.fleet().shortName(id)).toList())));
  }

  private static String shown(String command) {
    return "I do not run commands. This one does it:\n  " + command;
  }
}
