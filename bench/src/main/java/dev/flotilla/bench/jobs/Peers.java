package dev.flotilla.bench.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Python's task queues, run by {@code peers.py}. */
final class Peers {
  static final String MISSING =
      "\nThe peers were not run: no `--python` with huey, rq or procrastinate was named.\n";

  private Peers() {}

  static String measure(String python, Path folder) throws IOException, InterruptedException {
    Server.copy(Server.SCRIPT, folder);
    Path script = Server.copy("peers.py", folder);
    StringBuilder rows = new StringBuilder();
    for (String peer : List.of("huey", "rq", "procrastinate")) {
      rows.append(run(python, script, peer, folder));
    }
    return rows.toString();
  }

  private static String run(String python, Path script, String peer, Path folder)
      throws IOException, InterruptedException {
    Path work = Files.createDirectories(folder.resolve(peer));
    Process process =
        new ProcessBuilder(python, script.toString(), peer, work.toString())
            .redirectErrorStream(true)
            .start();
    String said;
    try (InputStream out = process.getInputStream()) {
      said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
    }
    int code = process.waitFor();
    String row = said.lines().filter(line -> line.startsWith("|")).findFirst().orElse("");
    return code == 0 && !row.isEmpty()
        ? row + "\n"
        : "| %s | not run: %s | | |%n"
            .formatted(peer, Stream.of(said.split("\n")).reduce("", (a, b) -> b));
  }
}
