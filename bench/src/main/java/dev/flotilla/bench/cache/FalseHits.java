package dev.flotilla.bench.cache;

import dev.flotilla.assistant.cache.semantic.Guards;
import dev.flotilla.assistant.embedding.Meaning;
import java.util.List;
import java.util.Locale;

/** How many pairs are taken for the same, by threshold, with the guards and without. */
record FalseHits(List<Judged> judged) {
  private static final double[] THRESHOLDS = {0.70, 0.75, 0.80, 0.85, 0.90, 0.95};

  record Judged(Pair pair, double likeness, String apart) {}

  static FalseHits of(List<Pair> pairs, Meaning meaning) {
    Guards guards = new Guards(meaning);
    return new FalseHits(
        pairs.stream()
            .map(
                pair -> {
                  List<float[]> both = meaning.of(List.of(pair.first(), pair.second()));
                  String apart = guards.apart(pair.second(), pair.first()).orElse("");
                  return new Judged(pair, Meaning.likeness(both.get(0), both.get(1)), apart);
                })
            .toList());
  }

  String table() {
    StringBuilder text = new StringBuilder();
    text.append(
        "| threshold | false hits, vectors alone | false hits, with guards | hits, vectors alone |"
            + " hits, with guards |\n|---|---|---|---|---|\n");
    for (double threshold : THRESHOLDS) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %.2f | %s | %s | %s | %s |%n",
              threshold,
              share(false, threshold, false),
              share(false, threshold, true),
              share(true, threshold, false),
              share(true, threshold, true)));
    }
    return text.toString();
  }

  private String share(boolean same, double threshold, boolean guarded) {
    long all = judged.stream().filter(j -> j.pair().same() == same).count();
    long taken =
        judged.stream()
            .filter(j -> j.pair().same() == same && j.likeness() >= threshold)
            .filter(j -> !guarded || j.apart().isEmpty())
            .count();
    return String.format(Locale.ROOT, "%d of %d (%.1f %%)", taken, all, 100.0 * taken / all);
  }

  /** The pairs that the guards get wrong, whatever their likeness. */
  String mistakes() {
    StringBuilder text = new StringBuilder();
    judged.stream()
        .filter(j -> j.pair().same() != j.apart().isEmpty())
        .forEach(
            j ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "- %s, %.2f: %s / %s%s%n",
                        j.pair().same() ? "the same" : "different",
                        j.likeness(),
                        j.pair().first(),
                        j.pair().second(),
                        j.apart().isEmpty() ? "" : " – " + j.apart())));
    return text.toString();
  }
}
