package dev.flotilla.assistant.builtin;

import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Fleet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A question in the form in which it is matched.
 *
 * @param text as it was asked
 * @param plain lower case, punctuation gone but for what numbers and names need, single spaces
 * @param words of {@code plain}
 */
record Question(String text, String plain, List<String> words) {
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  static Question of(String text) {
    String plain =
        text.toLowerCase(Locale.ROOT)
            .replaceAll("[’']s\\b", " is")
            .replaceAll("[^\\p{L}\\p{N}@_.+*/%°()-]+", " ")
            .replaceAll("[.]+(?=\\s|$)", " ")
            .replaceAll("\\s+", " ")
            .strip();
    return new Question(text, plain, List.of(plain.split(" ")));
  }

  boolean has(String... any) {
    return Set.of(any).stream().anyMatch(words::contains);
  }

  boolean matches(String regex) {
    return Pattern.compile(regex).matcher(plain).find();
  }

  Optional<Integer> number() {
    Matcher m = NUMBER.matcher(plain);
    return m.find() && m.group().length() <= 9
        ? Optional.of(Integer.valueOf(m.group()))
        : Optional.empty();
  }

  /** The agents that are named in it, in whatever spelling: the longest names win. */
  List<AgentId> agents(Fleet fleet) {
    String squeezed = " " + String.join(" ", words.stream().map(Question::normal).toList()) + " ";
    String joined = normal(plain);
    List<AgentId> named =
        fleet.agents().values().stream()
            .map(Agent::id)
            .filter(
                id ->
                    squeezed.contains(" " + normal(id.name()) + " ")
                        || (normal(id.name()).length() >= 6 && joined.contains(normal(id.name()))))
            .filter(
                id ->
                    !plain.contains("@") || plain.contains(id.toString().toLowerCase(Locale.ROOT)))
            .sorted(Comparator.comparingInt((AgentId id) -> -id.name().length()))
            .toList();
    return named.stream()
        .filter(
            id ->
                named.stream()
                    .noneMatch(
                        longer ->
                            longer.name().length() > id.name().length()
                                && normal(longer.name()).contains(normal(id.name()))))
        .toList();
  }

  Optional<String> machine(Fleet fleet) {
    return fleet.machines().keySet().stream()
        .filter(m -> words.stream().anyMatch(w -> normal(w).equals(normal(m))))
        .findFirst();
  }

  static String normal(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
  }
}
