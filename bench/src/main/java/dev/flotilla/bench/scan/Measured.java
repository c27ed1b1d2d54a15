package dev.flotilla.bench.scan;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a command cost.
 *
 * @param wall seconds
 * @param cpu seconds of user and system time, all its processes together
 * @param rss MiB of its largest process
 * @param status its exit status
 */
record Measured(double wall, double cpu, double rss, int status) {
  private static final String METER =
      """
      import os, resource, sys, time
      start = time.monotonic()
      pid = os.fork()
      if pid == 0:
          out = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
          os.dup2(out, 1)
          err = os.open(sys.argv[1] + ".err", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
          os.dup2(err, 2)
          os.execvp(sys.argv[2], sys.argv[2:])
      _, status = os.waitpid(pid, 0)
      wall = time.monotonic() - start
      used = resource.getrusage(resource.RUSAGE_CHILDREN)
      print(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, os.waitstatus_to_exitcode(status))
      """;

  /** Runs a command to its end; what it prints goes to a file. */
  static Measured run(
      Path folder, Path output, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("python3", "-c", METER, output.toString()));
    all.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(all).directory(folder.toFile());
    builder.environment().putAll(environment);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = builder.start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    String[] words = text.strip().split(" ", -1);
    if (words.length != 4) {
      throw new IOException(command.getFirst() + " could not be measured: " + text);
    }
    return new Measured(
        Double.parseDouble(words[0]),
        Double.parseDouble(words[1]),
        Double.parseDouble(words[2]),
        Integer.parseInt(words[3]));
  }

  /** Runs a command that must succeed and gives what it printed. */
  static String output(Path folder, List<String> command) throws IOException, InterruptedException {
    Path file = Files.createTempFile("bench", ".out");
    try {
      Measured measured = run(folder, file, Map.of(), command);
      String text = Files.readString(file);
      if (measured.status() != 0) {
        throw new IOException(
            String.join(" ", command.subList(0, Math.min(4, command.size())))
                + " ended with "
                + measured.status()
                + ": "
                + text
                + Files.readString(Path.of(file + ".err")));
      }
      return text;
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(Path.of(file + ".err"));
    }
  }
}
