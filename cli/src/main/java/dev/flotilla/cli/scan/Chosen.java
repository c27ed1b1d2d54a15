package dev.flotilla.cli.scan;

import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.model.shape.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Words of an option that each mean one thing. */
final class Chosen {
  private Chosen() {}

  /** What the words mean; words that mean nothing are a mistake, with the nearest that does. */
  static <T> List<T> of(
      String option,
      List<String> words,
      Collection<String> known,
      Function<String, Optional<T>> meaning) {
    List<T> result = new ArrayList<>();
    for (String word : words) {
      result.add(
          meaning
              .apply(word.strip())
              .orElseThrow(
                  () ->
                      CommandFailure.usage(
                          option + " " + word,
                          known.size() > 20
                              ? "the name or number of a rule, such as bare-except or FLT101"
                              : "one of " + String.join(", ", known),
                          Nearest.to(word.strip(), List.copyOf(known))
                              .map(n -> "Did you mean " + n + "?")
                              .orElse("Choose one of them"))));
    }
    return result;
  }
}
