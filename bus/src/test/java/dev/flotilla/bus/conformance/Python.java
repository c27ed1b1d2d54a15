package dev.flotilla.bus.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A Python interpreter of this machine. */
record Python(String program) {
  record Outcome(int exit, String output) {}

  /** Python 3.9 or newer; the test is skipped where there is none. */
  static Python orSkip() {
    Python python = new Python("python3");
    Assumptions.assumeTrue(
        python.succeeds("import sys; sys.exit(sys.version_info < (3, 9))"),
        "python3 of version 3.9 or newer is not installed");
    return python;
  }

  boolean succeeds(String script) {
    try {
      return run(Path.of("."), Map.of(), List.of("-c", script)).exit() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  Outcome run(Path folder, Map<String, String> environment, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(program);
    command.addAll(arguments);
    Path output = Files.createTempFile("python", ".log");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().putAll(environment);
      builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
      Process process = builder.start();
      try {
        boolean ended = process.waitFor(100, TimeUnit.SECONDS);
        return new Outcome(ended ? process.exitValue() : -1, read(output));
      } finally {
        process.destroyForcibly();
      }
    } finally {
      Files.delete(output);
    }
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
