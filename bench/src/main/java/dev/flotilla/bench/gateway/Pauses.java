package dev.flotilla.bench.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long a JVM stood still, by its own log of safepoints from now on. */
final class Pauses {
  private static final Pattern TOTAL = Pattern.compile("Safepoint .* Total: +(\\d+) ns");

  private final long pid;
  private final Path log;

  private Pauses(long pid, Path log) {
    this.pid = pid;
    this.log = log;
  }

  /** Begins to note them. */
  static Pauses of(long pid) throws IOException, InterruptedException {
    Path log = Files.createTempDirectory("pauses").resolve("safepoints.log");
    Pauses pauses = new Pauses(pid, log);
    pauses.log("what=safepoint=info");
    return pauses;
  }

  /** Ends the noting; milliseconds of each. */
  List<Double> end() throws IOException, InterruptedException {
    log("what=off");
    List<Double> all = new ArrayList<>();
    for (String line : Files.readAllLines(log)) {
      Matcher total = TOTAL.matcher(line);
      if (total.find()) {
        all.add(Long.parseLong(total.group(1)) / 1e6);
      }
    }
    return all;
  }

  private void log(String what) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                "VM.log",
                "output=" + log,
                what)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IOException("jcmd could not tell " + pid + " to log its safepoints");
    }
  }
}
