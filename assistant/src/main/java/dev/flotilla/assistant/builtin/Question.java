package dev.flotilla.assistant.builtin;

import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Fleet;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A question in the form in which it is matched.
 *
 * @param text as it was asked
 * @param plain lower case, punctuation gone but for what numbers and names need, single spaces
 * @param words of {@code plain}
 */
record Question(String text, String plain, List<String> words) {
  private static final Pattern NUMBER = Pattern.compile("(?<= |^)\\d+(?= |$)");
  private static final Map<String, String> SHORT =
      Map.of(
          "r", "are", "u", "you", "wich", "which", "whch", "which", "pls", "please", "plz",
          "please", "wat", "what", "wot", "what", "teh", "the", "agnt", "agent");

  /** Parts of names that many agents have, and that name none of them. */
  private static final Set<String> COMMON_PARTS =
      Set.of(
          "service", "system", "agent", "manager", "server", "model", "suite", "digital", "request",
          "async", "data", "main", "core", "memory", "task", "time");

  static Question of(String text) {
    String plain =
        text.toLowerCase(Locale.ROOT)
            .replaceAll("(?<=\\d),(?=\\d{3}\\b)", "")
            .replaceAll("[’']s\\b", " is")
            .replaceAll("\\b(what|who|where|how)s\\b", "$1 is")
            .replaceAll("\\b(is|are|do|does|ca|wo)n[’']?t\\b", "$1 not")
            .replaceAll("[^\\p{L}\\p{N}@_.+*/^%°()-]+", " ")
            .replaceAll("[.]+(?=\\s|$)", " ")
            .replaceAll("\\s+", " ")
            .strip();
    List<String> words =
        Arrays.stream(plain.split(" ", -1))
            .map(word -> Vocabulary.meant(SHORT.getOrDefault(word, word)))
            .toList();
    return new Question(text, String.join(" ", words), words);
  }

  /** Whether every word of it may be about the fleet: else it is about something else. */
  boolean known(Fleet fleet) {
    return words.stream()
        .allMatch(word -> word.isEmpty() || Vocabulary.has(word) || inNames(word, fleet));
  }

  private static boolean inNames(String word, Fleet fleet) {
    String normal = normal(word);
    return fleet.machines().keySet().stream().anyMatch(m -> normal(m).equals(normal))
        || fleet.agents().values().stream()
            .map(Agent::id)
            .anyMatch(
                id ->
                    normal(id.name()).equals(normal)
                        || normal(id.toString()).equals(normal)
                        || parts(id).contains(word)
                        || slip(word, id));
  }

  /** Whether the name, or a part that few names have, is one slip away. */
  private static boolean slip(String word, AgentId id) {
    return word.length() >= 6
        && (Vocabulary.oneSlip(normal(word), normal(id.name()))
            || parts(id).stream()
                .filter(part -> part.length() >= 6 && !COMMON_PARTS.contains(part))
                .anyMatch(part -> Vocabulary.oneSlip(word, part)));
  }

  private static Set<String> parts(AgentId id) {
    return Arrays.stream(id.name().split("(?<=[a-z0-9])(?=[A-Z])|[_ -]", -1))
        .map(part -> part.toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
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

  /**
   * The agents that are named in it, in whatever spelling: the longest names win. A part of a name
   * is enough where one agent alone has it and nothing else in the question is unknown.
   */
  List<AgentId> agents(Fleet fleet) {
    List<AgentId> named = inFull(fleet);
    if (!named.isEmpty() || !known(fleet)) {
      return named;
    }
    for (String word : words) {
      List<AgentId> having =
          word.length() < 4 || COMMON_PARTS.contains(word) || Vocabulary.has(word)
              ? List.of()
              : fleet.agents().keySet().stream()
                  .filter(id -> parts(id).contains(word) || slip(word, id))
                  .toList();
      if (having.size() == 1) {
        return having;
      }
    }
    return List.of();
  }

  private List<AgentId> inFull(Fleet fleet) {
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
