package dev.flotilla.assistant.builtin;

import dev.flotilla.model.AgentState;
import dev.flotilla.model.AgentStatus;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** How agents are, taken together. */
final class StateTopic {
  /** What is not known of agents, though the words are. */
  static final String[] NOT_OF_NOW = {
    "yesterday", "night", "week", "morning", "time", "will", "would", "should", "may", "might",
    "version", "name", "names", "good", "hours", "days", "value", "next", "number", "happened"
  };

  private StateTopic() {}

  /** Whether it is about how all agents are now, or some that it does not name. */
  private static boolean ofAgentsNow(Question question, Facts facts) {
    return question.known(facts.fleet())
        && question.agents(facts.fleet()).isEmpty()
        && !question.has(NOT_OF_NOW)
        && !question.matches("\\b(are|is|with) you\\b|^you\\b|\\byour\\b");
  }

  static boolean well(AgentStatus status) {
    return switch (status.state()) {
      case HEALTHY, RUNNING -> true;
      case WAITING -> status.awaitsDemand();
      case STOPPED -> status.completed();
      case STARTING, DEGRADED, RESTARTING, CRASH_LOOP, FAILED -> false;
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
                      + " (healthy|ok|fine|well|up|running|ready|working)|sick|unwell|dead|offline|crashed|failing|broken|wrong|problems?|trouble|issues?|down|need"
                      + " attention)\\b")
              || question.matches(
                  "^((is|are) )?(everything|everyone|everybody|all|they all|(the|my|our) (whole"
                      + " )?(fleet|system)|(all )?(the |my |our"
                      + " )?(agents|services))\\b.*\\b(fine|ok|okay|good|well|up|healthy|running|all"
                      + " right|right|alright|ready|in order|working)$")
              || question.matches(
                  "^(how is (the fleet|everything|everybody)( doing)?|how are (things|(all )?the"
                      + " agents|we doing|they)|(show |check )?(the )?(fleet|system)"
                      + " (status|state|health)|status|health|overview|summary)$")
              || question.matches(
                  "^(what is |show |show me |give me |check )?(the |a"
                      + " )?(status|state|health|overview|summary)( report)?( of (the )?(whole"
                      + " )?(fleet|system|everything|all( the| my| our)?( agents|"
                      + " services)?|agents|services))?$")
              || question.matches("^why is the (fleet|system) ");
      if (!asks || !ofAgentsNow(question, facts)) {
        return Optional.empty();
      }
      List<AgentStatus> all = those(question, facts, s -> true);
      List<AgentStatus> unwell = all.stream().filter(s -> !well(s)).toList();
      if (all.isEmpty()) {
        return Optional.of("No agent is known%s.".formatted(on(question, facts)));
      }
      String warning =
          MachineTopic.warning(all.stream().map(s -> s.id().machine()).distinct().toList(), facts);
      return Optional.of(
          (unwell.isEmpty()
                  ? well(all.size(), on(question, facts), warning.isEmpty())
                  : "%d of %s%s:\n%s"
                      .formatted(
                          unwell.size(),
                          Words.agents(all.size()),
                          on(question, facts),
                          lines(unwell, facts)))
              + warning);
    }
  }

  private static String well(int count, String where, boolean now) {
    String verb = count == 1 ? (now ? "is" : "was") : now ? "are" : "were";
    return "%s %s%s %s well%s."
        .formatted(
            count == 1 ? "The" : "All",
            Words.agents(count),
            where,
            verb,
            now ? "" : " when last heard of");
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
      Optional<AgentState> state = asked(question);
      boolean anybody =
          question.matches("^(is |are |has |have |did )?(anything|anyone|anybody|any agents?) ");
      boolean list = question.has("which", "what", "list", "show", "who", "agents", "services");
      if ((!anybody && !list)
          || (anybody && state.isEmpty())
          || !(question.has("agents", "agent", "services", "runs") || state.isPresent())
          || question.has("many", "machine", "count")
          || !(ofAgentsNow(question, facts) || question.matches("^name "))) {
        return Optional.empty();
      }
      if (state.isPresent()) {
        List<AgentStatus> found = in(state.get(), question, facts);
        return Optional.of(
            found.isEmpty()
                ? "None%s is %s.".formatted(on(question, facts), state.get().label())
                : Words.agents(found.size())
                    + on(question, facts)
                    + ": "
                    + Words.names(found.stream().map(AgentStatus::id).toList(), facts)
                    + ".");
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

  private static List<AgentStatus> in(AgentState state, Question question, Facts facts) {
    return those(
        question, facts, s -> s.state() == state || (state == AgentState.RUNNING && well(s)));
  }

  /** The state that is named. */
  private static Optional<AgentState> asked(Question question) {
    if (question.matches("\\bcrash[ -]?loop(s|ing)?\\b|\\bcrash(ing|es)\\b|\\blooping\\b")) {
      return Optional.of(AgentState.CRASH_LOOP);
    }
    return Arrays.stream(AgentState.values())
        .filter(state -> question.has(state.label()))
        .findFirst();
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
      if (!question.matches("\\b(how many|number of|count)( the| all)* (agents|services)\\b")
          || !question.known(facts.fleet())) {
        return Optional.empty();
      }
      Optional<AgentState> state = asked(question).filter(s -> s != AgentState.RUNNING);
      if (state.isPresent()) {
        int found = in(state.get(), question, facts).size();
        return Optional.of(
            "%d of %s%s %s %s."
                .formatted(
                    found,
                    Words.agents(those(question, facts, s -> true).size()),
                    on(question, facts),
                    found == 1 ? "is" : "are",
                    state.get().label()));
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
