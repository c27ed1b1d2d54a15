package dev.flotilla.assistant.builtin;

import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Need;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Who needs whom. */
final class DependencyTopic implements Topic {
  @Override
  public String name() {
    return "dependencies";
  }

  @Override
  public String example() {
    return "What depends on ServiceRegistry?";
  }

  @Override
  public Optional<String> answer(Question question, Facts facts) {
    List<AgentId> named = question.agents(facts.fleet());
    if (named.isEmpty() || !question.known(facts.fleet())) {
      return Optional.empty();
    }
    AgentId id = named.getFirst();
    String name = facts.fleet().shortName(id);
    boolean dependents =
        (question.matches("\\b(depends?|depending|relies|rely) on\\b.*")
                && !question.matches("\\b(does|do) .*\\b(depend|rely) on$"))
            || question.matches("\\b(who|what|which agents) (needs?|uses?)\\b")
            || question.matches(
                "\\b(what|who) (will |would"
                    + " )?(breaks?|stops?|fails?|happens?)\\b|\\bwithout\\b|\\bdependents\\b"
                    + "|^(can|may|could) i (safely )?(stop|kill|restart)\\b");
    boolean dependencies =
        question.matches("\\bdoes .*\\b(need|depend on|rely on|wait for)$")
            || question.matches("\\b(dependencies|needs) of\\b|\\bwhat does .* need\\b");
    if (dependencies) {
      return Optional.of(
          said(
              name + " needs",
              closure(id, at -> needs(at, facts)),
              facts,
              name + " needs nobody."));
    }
    if (dependents) {
      List<AgentId> all = closure(id, at -> neededBy(at, facts));
      return Optional.of(
          all.isEmpty()
              ? "No agent depends on %s.".formatted(name)
              : "%s depend%s on %s: %s."
                  .formatted(
                      Words.agents(all.size()),
                      all.size() == 1 ? "s" : "",
                      name,
                      Words.names(all, facts)));
    }
    return Optional.empty();
  }

  private static String said(String start, List<AgentId> all, Facts facts, String none) {
    return all.isEmpty() ? none : "%s %s.".formatted(start, Words.names(all, facts));
  }

  private static List<AgentId> needs(AgentId id, Facts facts) {
    Agent agent = facts.fleet().agents().get(id);
    return agent == null ? List.of() : agent.needs().stream().map(Need::agent).toList();
  }

  private static List<AgentId> neededBy(AgentId id, Facts facts) {
    return facts.fleet().agents().values().stream()
        .filter(agent -> agent.needs().stream().anyMatch(need -> need.agent().equals(id)))
        .map(Agent::id)
        .toList();
  }

  /** Near ones first. */
  private static List<AgentId> closure(AgentId from, Function<AgentId, List<AgentId>> next) {
    Set<AgentId> seen = new LinkedHashSet<>();
    Deque<AgentId> open = new ArrayDeque<>(next.apply(from));
    while (!open.isEmpty()) {
      AgentId at = open.removeFirst();
      if (!at.equals(from) && seen.add(at)) {
        open.addAll(next.apply(at));
      }
    }
    return new ArrayList<>(seen);
  }
}
