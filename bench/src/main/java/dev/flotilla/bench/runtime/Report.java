package dev.flotilla.bench.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The result as Markdown. */
final class Report {
  private Report() {}

  static String of(
      Map<String, String> versions,
      Map<String, Numbers> results,
      int rounds,
      int agents,
      int costSeconds,
      int loopSeconds) {
    StringBuilder text = new StringBuilder("# Supervision beside its peers\n\n");
    text.append(
        """
        %d agents, the same static program under each supervisor; it notes the time once it \
        listens. %d rounds in turns; median (least–most). Flotilla's node runs already when the \
        start is ordered, as does pm2's daemon; the others are daemons that start with their \
        agents. Flotilla alone probes each agent over HTTP every second. Cost over %d s and the \
        crash loop over %d s were measured in the last round.

        %s

        | supervisor | all ready, s | kill -9 → listening, ms | stop all, s | orphans | memory (PSS), MiB | CPU, %% of a core | spawns of an exit-1 loop |
        |---|---|---|---|---|---|---|---|
        """
            .formatted(agents, rounds, costSeconds, loopSeconds, machine()));
    results.forEach(
        (name, numbers) ->
            text.append(
                "| %s | %s | %s | %s | %s | %s | %s | %s |%n"
                    .formatted(
                        name,
                        numbers.text("ready s", 2),
                        numbers.text("kill ms", 1),
                        numbers.text("stop s", 2),
                        numbers.text("orphans", 0),
                        numbers.text("pss MiB", 0),
                        numbers.text("cpu %", 2),
                        numbers.text("spawns", 0))));
    text.append("\nVersions: ");
    versions.forEach((name, version) -> text.append(name).append(' ').append(version).append("; "));
    return text.append('\n').toString();
  }

  private static String machine() {
    try {
      return "Machine: %d cores, %s, load before the report %s."
          .formatted(
              Runtime.getRuntime().availableProcessors(),
              Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip(),
              Files.readString(Path.of("/proc/loadavg")).strip());
    } catch (IOException e) {
      return "Machine: unknown.";
    }
  }
}
