package dev.flotilla.assistant.builtin;

import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the feature flags serve. */
final class FlagTopic implements Topic {
  private static final Pattern UNKNOWN =
      Pattern.compile("^(?:is|what is|how is) (?:the )?(?:feature )?flag (\\S+) (?:on|off|set)\\b");

  @Override
  public String name() {
    return "flags";
  }

  @Override
  public String example() {
    return "Is the flag use_unified_memory on?";
  }

  @Override
  public Optional<String> answer(Question question, Facts facts) {
    Optional<String> named =
        facts.flags().keySet().stream().filter(flag -> named(question, flag)).findFirst();
    if (named.isPresent()) {
      return Optional.of("Flag %s: %s.".formatted(named.get(), facts.flags().get(named.get())));
    }
    Matcher unknown = UNKNOWN.matcher(question.plain());
    if (unknown.find()) {
      return Optional.of("The fleet has no flag %s.".formatted(unknown.group(1)));
    }
    if (!question.has("flag", "flags") || !question.known(facts.fleet())) {
      return Optional.empty();
    }
    return Optional.of(
        facts.flags().isEmpty()
            ? "The fleet has no flags."
            : new TreeMap<>(facts.flags())
                .entrySet().stream()
                    .map(e -> "  %s: %s".formatted(e.getKey(), e.getValue()))
                    .collect(Collectors.joining("\n", "The flags are:\n", "")));
  }

  /** As one word, or as the words it is made of. */
  static boolean named(Question question, String flag) {
    String words = flag.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
    return question.words().stream().anyMatch(w -> Question.normal(w).equals(Question.normal(flag)))
        || (words.contains(" ") && (" " + question.plain() + " ").contains(" " + words + " "));
  }
}
