package dev.flotilla.bench.cache;

import dev.flotilla.assistant.embedding.Meaning;
import dev.flotilla.assistant.embedding.MiniLm;
import dev.flotilla.assistant.embedding.RememberedMeaning;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * {@code CacheBench [REPORT]}: measures, and writes the report as Markdown. Redis is a peer where
 * {@code redis-server} is installed.
 */
public final class CacheBench {
  private CacheBench() {}

  public static void main(String[] args) throws Exception {
    StringBuilder report = new StringBuilder("# The caches\n\n");
    Path folder = Files.createTempDirectory("cache-bench");
    try (MiniLm model = new MiniLm(folder)) {
      Meaning meaning = new RememberedMeaning(model, 5_000);
      report.append("## Answers to another question\n\n").append(INTRODUCTION);
      FalseHits tuned = FalseHits.of(Pair.read("pairs.tsv"), meaning);
      report.append("### The pairs the guards were made with\n\n").append(tuned.table());
      report.append("\nWhat the guards get wrong:\n\n").append(tuned.mistakes());
      FalseHits held = FalseHits.of(Pair.read("held-out.tsv"), meaning);
      report.append("\n### Pairs held out\n\n").append(HELD_OUT).append(held.table());
      report.append("\nWhat the guards get wrong:\n\n").append(held.mistakes());
      report.append("\n## Speed\n\n").append(Speed.measure(meaning));
    }
    if (args.length > 0) {
      Files.writeString(Path.of(args[0]), report);
    }
    System.out.println(report);
  }

  private static final String INTRODUCTION =
      """
      The semantic cache is off unless asked for. Each pair was written by hand: the first question \
      is in the cache, the second is asked. A *false hit* gives the answer to a different question, a \
      *hit* that to the same in other words. The false pairs are adversarial: numbers, opposites, \
      denials, names, directions, question words. Vectors are those of all-MiniLM-L6-v2 (8 bits).

      """;

  private static final String HELD_OUT =
      """
      Written before the guards were last changed and never looked at for changing them.

      """;
}
