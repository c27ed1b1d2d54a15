package dev.flotilla.plan.run;

import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Runs a command and keeps what it prints. Nothing it runs can wait for input. */
public interface Shell {
  /**
   * What to run.
   *
   * @param command program and arguments
   * @param environment added to the one inherited
   * @param live where output is shown as it comes
   */
  record Request(
      List<String> command,
      Path folder,
      Map<String, String> environment,
      Duration timeout,
      OutputStream live) {}

  /**
   * What it gave.
   *
   * @param exit the exit code; 124 when it ran into the timeout, 127 when it could not start
   * @param output what is kept of the output, masked
   * @param bytes how much it printed in all
   */
  record Result(int exit, boolean timedOut, Duration time, Kept output, long bytes) {}

  Result run(Request request);
}
