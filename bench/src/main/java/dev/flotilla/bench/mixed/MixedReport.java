package dev.flotilla.bench.mixed;

import dev.flotilla.bench.mixed.Faults.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The report, as Markdown. */
final class MixedReport {
  private static final int MOST_WORDS = 200;

  private MixedReport() {}

  static String of(
      Account account, Map<String, String> leftBehind, double minutes, List<Fault> faults) {
    StringBuilder text = new StringBuilder("# Mixed load with faults\n\n");
    text.append(
        String.format(
            Locale.ROOT,
            """
            %.1f minutes on %d processors. A fleet of the door, the pool of models, the jobs and the caches,
            each in a JVM of its own; %d faults, each after the one before it was over. Four clients chat, four
            stream, two embed, five ask models of the pool (one that llama.cpp runs inside, one with a server
            of its own), two keep numbers in a cache, four hand in jobs and four work on them, of whom every
            twentieth dies over a job. Each rests 100 ms between two requests. The first target of chats,
            streams and embeddings fails in every third: 429, 500, 503, garbage, silence, cut off before, in the
            middle of a stream and in the middle of a character; the second always answers. Every answer holds
            a number and is compared with what it should be. A refusal for now counts as a clear error only
            when it says when to come again.

            """,
            minutes,
            Runtime.getRuntime().availableProcessors(),
            faults.size()));
    outcomes(account, text);
    faults(faults, text);
    text.append("\nTold in the end: ");
    leftBehind.forEach((what, count) -> text.append(what).append(' ').append(count).append("; "));
    text.append("\n\n**Lost: ").append(account.lost()).append(".**\n");
    account.examples().forEach(each -> text.append("\n- ").append(oneLine(each)));
    return text.toString();
  }

  private static void outcomes(Account account, StringBuilder text) {
    text.append(
        "| what | how it ended | how often | longest wait | lost |\n|---|---|---|---|---|\n");
    Function<Duration, Double> seconds = wait -> wait.toMillis() / 1e3;
    StringBuilder told = new StringBuilder();
    account
        .all()
        .forEach(
            (what, ends) -> {
              for (End end : End.values()) {
                Account.Count count = ends.get(end);
                if (count != null) {
                  text.append(
                      String.format(
                          Locale.ROOT,
                          "| %s | %s | %,d | %.2f s | %s |%n",
                          what,
                          end.words(),
                          count.number(),
                          seconds.apply(count.longest()),
                          end.lost() ? "**yes**" : ""));
                  if (end == End.TOLD) {
                    told.append("- ").append(what).append(": ").append(oneLine(count.example()));
                    told.append('\n');
                  }
                }
              }
            });
    if (!told.isEmpty()) {
      text.append("\nThe first clear error of each kind:\n\n").append(told);
    }
  }

  private static void faults(List<Fault> faults, StringBuilder text) {
    text.append("\n| at | fault | it answered again after |\n|---|---|---|\n");
    for (Fault fault : faults) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %d:%02d | %s | %.1f s |%n",
              fault.at().toMinutes(),
              fault.at().toSecondsPart(),
              fault.what(),
              fault.back().toMillis() / 1e3));
    }
  }

  private static String oneLine(String words) {
    String line = words.replaceAll("\\s+", " ").replace("|", "/");
    return line.length() > MOST_WORDS ? line.substring(0, MOST_WORDS) + " …" : line;
  }
}
