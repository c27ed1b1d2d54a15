package dev.flotilla.assistant.builtin;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which machines there are, and whether their nodes are heard. */
final class MachineTopic implements Topic {
  @Override
  public String name() {
    return "machines";
  }

  @Override
  public String example() {
    return "Is pc2 reachable?";
  }

  @Override
  public Optional<String> answer(Question question, Facts facts) {
    Optional<String> named = question.machine(facts.fleet());
    boolean ofOne =
        named.isPresent()
            && question.matches(
                "^(is|are) (the )?(machine )?\\S+ (still"
                    + " )?(up|online|reachable|alive|there|on|down|offline|ok|okay)$|\\blast"
                    + " heard\\b");
    boolean ofAll =
        question.matches(
            "^((which|what|list|show|how many)( me)?( all)?( the| our| my)?)?"
                + " ?(machines|computers|hosts)( (are|do) (there|we have|online|up|i have|in the"
                + " fleet))?$");
    if ((!ofOne && !ofAll)
        || !question.known(facts.fleet())
        || !question.agents(facts.fleet()).isEmpty()) {
      return Optional.empty();
    }
    if (ofOne) {
      return named.map(machine -> heard(machine, facts) + ".");
    }
    List<String> all = List.copyOf(facts.fleet().machines().keySet());
    return Optional.of(
        all.stream()
            .map(machine -> "  " + heard(machine, facts))
            .collect(
                Collectors.joining(
                    "\n", all.size() == 1 ? "1 machine:\n" : all.size() + " machines:\n", "")));
  }

  private static String heard(String machine, Facts facts) {
    Instant last = facts.heard().get(machine);
    if (last == null) {
      return "%s has not been heard of".formatted(machine);
    }
    String since = Words.since(Duration.between(last, facts.now()));
    return facts.silent().contains(machine)
        ? "%s has been silent for %s".formatted(machine, since)
        : "%s was heard %s ago".formatted(machine, since);
  }

  /** What is to be said of what is known of silent machines; empty when none is. */
  static String warning(List<String> machines, Facts facts) {
    return machines.stream()
        .filter(facts.silent()::contains)
        .sorted()
        .map(
            machine ->
                "\n%s: what I know of its agents is that old.".formatted(heard(machine, facts)))
        .collect(Collectors.joining());
  }
}
