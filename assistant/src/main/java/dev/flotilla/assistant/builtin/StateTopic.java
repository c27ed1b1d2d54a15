package dev.flotilla.assistant.builtin;

import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentState;
import dev.flotilla.model.AgentStatus;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** How agents are. */
final class StateTopic {
  private StateTopic() {}

  private static boolean well(AgentStatus status) {
    return switch (status.state()) {
      case HEALTHY, RUNNING -> true;
      case WAITING, STARTING, DEGRADED, RESTARTING, CRASH_LOOP, FAILED, STOPPED -> false;
    };
  }

  private static List<AgentStatus> those(
      Question question, Facts facts, Predicate<AgentStatus> wanted) {
    Optional<String> machine = question.machine(facts.fleet());
    return facts.statuses().values().stream()
        .filter(wanted)
        .filter(s -> machine.isEmpty() || s.id().machine().equals(machine.get()))
        .sorted(Comparator.comparing(AgentStatus::id))
        .toList();
  }

  private static String on(Question question, Facts facts) {
    return question.machine(facts.fleet()).map(m -> " on " + m).orElse("");
  }

  private static String lines(List<AgentStatus> statuses, Facts facts) {
    return statuses.stream()
        .map(s -> "  " + Words.state(s, facts))
        .collect(Collectors.joining("\n"));
  }

  /** How is STT? */
  static final class OfAgent implements Topic {
    @Override
    public String name() {
      return "state";
    }

    @Override
    public String example() {
      return "Why is SystemDigitalTwin down?";
    }

    @Override
    public Optional<String> answer(Question question, Facts facts) {
      List<AgentId> named = question.agents(facts.fleet());
      if (!named.isEmpty() && question.matches("^where\\b|\\b(which|what) machine\\b")) {
        return Optional.of(
            named.stream()
                .map(id -> "%s belongs on %s.".formatted(id.name(), id.machine()))
                .collect(Collectors.joining("\n")));
      }
      boolean asksState =
          (named.size() == 1 && question.words().size() == 1)
              || question.has(
                  "how", "state", "status", "why", "is", "are", "healthy", "up", "running",
                  "uptime", "health", "check");
      if (named.isEmpty() || !asksState) {
        return Optional.empty();
      }
      return Optional.of(named.stream().map(id -> of(id, facts)).collect(Collectors.joining("\n")));
    }

    private static String of(AgentId id, Facts facts) {
      AgentStatus status = facts.statuses().get(id);
      if (status == null) {
        return "Nothing has been heard of %s.".formatted(facts.fleet().shortName(id));
      }
      String since = Words.since(Duration.between(status.since(), facts.now()));
      String restarts = status.restarts() == 0 ? "" : ", %d restarts".formatted(status.restarts());
      return "%s (for %s%s).".formatted(Words.state(status, facts), since, restarts);
    }
  }

  /** Which agents are unhealthy? */
  static final class Unhealthy implements Topic {
    @Override
    public String name() {
      return "unhealthy";
    }

    @Override
    public String example() {
      return "Which agents are unhealthy?";
    }

    @Override
    public Optional<String> answer(Question question, Facts facts) {
      boolean asks =
          question.matches(
                  "\\b(unhealthy|not"
                      + " (healthy|ok|fine|well|up|running|ready|working)|sick|unwell|dead|offline|crashed|failing|broken|wrong|problems?|trouble|issues?|down)\\b")
              || question.matches("\\b(is|are) (everything|everyone|all|they all|the fleet)\\b")
              || question.matches(
                  "^(how is (the fleet|everything|everybody)( doing)?|how are (things|(all )?the"
                      + " agents|we doing|they)|(show |check )?(the )?(fleet|system)"
                      + " (status|state|health)|status|health)$");
      if (!asks || !question.known(facts.fleet())) {
        return Optional.empty();
      }
      List<AgentStatus> all = those(question, facts, s -> true);
      List<AgentStatus> unwell = all.stream().filter(s -> !well(s)).toList();
      if (all.isEmpty()) {
        return Optional.of("No agent is known%s.".formatted(on(question, facts)));
      }
      return Optional.of(
          unwell.isEmpty()
              ? "None: all %s%s are well.".formatted(Words.agents(all.size()), on(question, facts))
              : "%d of %s%s:\n%s"
                  .formatted(
                      unwell.size(),
                      Words.agents(all.size()),
                      on(question, facts),
                      lines(unwell, facts)));
    }
  }

  /** Which agents are restarting? */
  static final class InState implements Topic {
    @Override
    public String name() {
      return "in-state";
    }

    @Override
    public String example() {
      return "Which agents are starting on pc2?";
    }

    @Override
    public Optional<String> answer(Question question, Facts facts) {
      boolean ofState =
          Arrays.stream(AgentState.values()).anyMatch(state -> question.has(state.label()));
      if (!question.has("which", "what", "list", "show", "who", "agents")
          || !(question.has("agents", "agent", "services", "runs") || ofState)
          || question.has("many", "machine")
          || !question.known(facts.fleet())) {
        return Optional.empty();
      }
      for (AgentState state : AgentState.values()) {
        String label = state.label().replace('-', ' ');
        if (question.plain().contains(label) || question.plain().contains(state.label())) {
          List<AgentStatus> found =
              those(
                  question,
                  facts,
                  s -> s.state() == state || (state == AgentState.RUNNING && well(s)));
          return Optional.of(
              found.isEmpty()
                  ? "None%s is %s.".formatted(on(question, facts), state.label())
                  : Words.agents(found.size())
                      + on(question, facts)
                      + ": "
                      + Words.names(found.stream().map(AgentStatus::id).toList(), facts)
                      + ".");
        }
      }
      return Optional.of(
          "%s%s: %s."
              .formatted(
                  Words.agents(those(question, facts, s -> true).size()),
                  on(question, facts),
                  Words.names(
                      those(question, facts, s -> true).stream().map(AgentStatus::id).toList(),
                      facts)));
    }
  }

  /** How many agents are there? */
  static final class HowMany implements Topic {
    @Override
    public String name() {
      return "how-many";
    }

    @Override
    public String example() {
      return "How many agents are there?";
    }

    @Override
    public Optional<String> answer(Question question, Facts facts) {
      if (!question.matches("\\bhow many (agents|services)\\b")) {
        return Optional.empty();
      }
      Map<AgentState, Long> counts = new EnumMap<>(AgentState.class);
      List<AgentStatus> all = those(question, facts, s -> true);
      all.forEach(s -> counts.merge(s.state(), 1L, Long::sum));
      String parts =
          counts.entrySet().stream()
              .map(e -> e.getValue() + " " + e.getKey().label())
              .collect(Collectors.joining(", "));
      return Optional.of(
          "%s%s%s."
              .formatted(
                  Words.agents(all.size()),
                  on(question, facts),
                  parts.isEmpty() ? "" : ": " + parts));
    }
  }
}
