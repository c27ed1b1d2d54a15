package dev.flotilla.assistant.builtin;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is planned, how far it is, and what comes next. */
final class PlanTopic implements Topic {
  private static final int MOST = 20;
  private static final int LETTERS_OF_AN_ID = 4;

  @Override
  public String name() {
    return "plans";
  }

  @Override
  public String example() {
    return "Which plans are open?";
  }

  @Override
  public Optional<String> answer(Question question, Facts facts) {
    boolean next =
        question.matches(
            "^what (is|comes|should (i|we) do|do (i|we) do|shall (i|we) do|can (i|we) do)"
                + " (the )?next( step| phase| task)?$|^next( step| phase)?$");
    boolean about =
        question.matches("^what are (we|you|they) working (on|at)$")
            || question.has("plan", "plans", "planned", "phase", "phases", "roadmap");
    if (!next && !about) {
      return Optional.empty();
    }
    List<PlanFact> plans = facts.plans().get();
    List<PlanFact> named = plans.stream().filter(plan -> names(question, plan)).toList();
    if (!named.isEmpty()) {
      return Optional.of(named.stream().map(PlanTopic::whole).collect(Collectors.joining("\n")));
    }
    if (!question.known(facts.fleet())
        || question.matches("^(make|write|create|draw|give|plan|my|your) |\\byour\\b")) {
      return Optional.empty();
    }
    if (plans.isEmpty()) {
      return Optional.of(
          "No plan is open in the folder of this fleet's manifest. flotilla plan new begins one.");
    }
    if (next || question.has("next", "ready")) {
      return Optional.of(ready(plans));
    }
    String more = plans.size() > MOST ? "\n  and %d more".formatted(plans.size() - MOST) : "";
    return Optional.of(
        plans.stream()
            .limit(MOST)
            .map(plan -> "  " + line(plan))
            .collect(
                Collectors.joining(
                    "\n",
                    plans.size() == 1 ? "1 plan is open:\n" : plans.size() + " plans are open:\n",
                    more)));
  }

  private static String ready(List<PlanFact> plans) {
    String lines =
        plans.stream()
            .filter(plan -> !plan.ready().isEmpty())
            .limit(MOST)
            .map(plan -> "  %s: %s".formatted(plan.title(), Words.list(plan.ready())))
            .collect(Collectors.joining("\n"));
    return lines.isEmpty()
        ? "No phase of an open plan is ready."
        : "These phases are ready:\n" + lines;
  }

  private static String line(PlanFact plan) {
    return "%s (%s): %d of %d phases done%s%s"
        .formatted(
            plan.title(),
            plan.id(),
            plan.done(),
            plan.phases(),
            plan.state().equals("in progress") ? "" : ", " + plan.state(),
            plan.by().map(who -> ", " + who + " works on it").orElse(""));
  }

  private static String whole(PlanFact plan) {
    return line(plan)
        + (plan.ready().isEmpty() ? "." : "; ready: " + Words.list(plan.ready()) + ".");
  }

  /** By its id, some letters of either end of it, or most words of its title. */
  private static boolean names(Question question, PlanFact plan) {
    String id = plan.id().toLowerCase(Locale.ROOT);
    boolean byId =
        question.words().stream()
            .filter(word -> word.length() >= LETTERS_OF_AN_ID && word.matches(".*\\d.*|.*-.*"))
            .anyMatch(word -> id.endsWith(word) || id.startsWith(word));
    List<String> title =
        Arrays.stream(Question.of(plan.title()).plain().split(" ", -1))
            .filter(word -> word.length() > 3)
            .toList();
    long found = title.stream().filter(question.words()::contains).count();
    return byId || (!title.isEmpty() && found * 2 > title.size());
  }
}
