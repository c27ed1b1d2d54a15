package dev.flotilla.assistant.builtin;

import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** How one agent is, or a few that are named: How is STT? */
final class AgentTopic implements Topic {
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
    if (!named.isEmpty()
        && question.known(facts.fleet())
        && question.matches("^where\\b|\\b(which|what) machine\\b")) {
      return Optional.of(
          named.stream()
              .map(id -> "%s belongs on %s.".formatted(id.name(), id.machine()))
              .collect(Collectors.joining("\n")));
    }
    boolean asksState =
        (named.size() == 1 && question.words().size() == 1)
            || question.has(
                "how",
                "state",
                "status",
                "why",
                "is",
                "are",
                "healthy",
                "up",
                "running",
                "uptime",
                "health",
                "check",
                "often",
                "long",
                "when",
                "tell",
                "did",
                "pid",
                "process",
                "ok",
                "okay",
                "crash",
                "crashed",
                "was",
                "has",
                "restarts");
    if (named.isEmpty()
        || !asksState
        || question.has(StateTopic.NOT_OF_NOW)
        || question.matches("\\bfor$")
        || !question.known(facts.fleet())) {
      return Optional.empty();
    }
    return Optional.of(
        named.stream().map(id -> of(id, question, facts)).collect(Collectors.joining("\n"))
            + MachineTopic.warning(
                named.stream().map(AgentId::machine).distinct().toList(), facts));
  }

  private static String of(AgentId id, Question question, Facts facts) {
    AgentStatus status = facts.statuses().get(id);
    if (status == null) {
      return "Nothing has been heard of %s.".formatted(facts.fleet().shortName(id));
    }
    List<String> more = new ArrayList<>();
    more.add("for " + Words.since(Duration.between(status.since(), facts.now())));
    if (status.restarts() > 0 || question.has("restarted", "restarts", "restart", "often")) {
      more.add(status.restarts() == 1 ? "1 restart" : status.restarts() + " restarts");
    }
    if (question.has("pid", "process")) {
      more.add(status.pid().map(pid -> "process " + pid).orElse("no process"));
    }
    if (!StateTopic.well(status) || question.has("crash", "crashed")) {
      status.lastExit().ifPresent(exit -> more.add("its last end: " + exit));
    }
    return "%s (%s).".formatted(Words.state(status, facts), String.join(", ", more));
  }
}
