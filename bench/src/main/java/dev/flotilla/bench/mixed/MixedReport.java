package dev.flotilla.bench.mixed;

import dev.flotilla.bench.mixed.Account.End;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** The report, as Markdown. */
final class MixedReport {
  private MixedReport() {}

  static String of(Account account, Map<String, String> leftBehind, double minutes, int kills) {
    StringBuilder text = new StringBuilder("# Mixed load with faults\n\n");
    text.append(
        String.format(
            Locale.ROOT,
            """
            %.1f minutes on %d processors. A fleet of the door, the pool of models and the jobs, each in a
            JVM of its own that was killed (`kill -9`) at random, %d times in all. Four clients ask, four
            stream, one asks a tiny model that llama.cpp runs in the pool, four hand in jobs and four work
            on them, of whom every twentieth dies over a job. The first target of requests fails in every
            third: 429, 500, 503, garbage, silence, cut off before, in the middle of a stream and in the
            middle of a character; the second always answers.

            """,
            minutes,
            Runtime.getRuntime().availableProcessors(),
            kills));
    text.append("| what | how it ended | how often | lost |\n|---|---|---|---|\n");
    account
        .all()
        .forEach(
            (what, ends) -> {
              for (End end : End.values()) {
                LongAdder count = ends.get(end);
                if (count != null) {
                  text.append(
                      String.format(
                          Locale.ROOT,
                          "| %s | %s | %,d | %s |%n",
                          what,
                          end.words(),
                          count.sum(),
                          end.lost() ? "**yes**" : ""));
                }
              }
            });
    text.append("\nHeld when all was over: ");
    leftBehind.forEach((what, count) -> text.append(what).append(" ").append(count).append("; "));
    text.append("\n\n**Lost: ").append(account.lost()).append(".**\n");
    account.examples().forEach(each -> text.append("\n- ").append(each.replace('\n', ' ')));
    return text.toString();
  }
}
