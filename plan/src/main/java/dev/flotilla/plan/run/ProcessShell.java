package dev.flotilla.plan.run;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Real processes, each in a session of its own where {@code setsid} is installed, so that none can
 * open the terminal and all that it started ends with it on a timeout.
 */
public final class ProcessShell implements Shell {
  private static final int KEPT_HALF = 4 << 20;
  private static final Path SETSID = Path.of("/usr/bin/setsid");
  private static final Duration DRAIN = Duration.ofSeconds(2);

  private final Masks masks;

  public ProcessShell(Masks masks) {
    this.masks = masks;
  }

  @Override
  public Result run(Request request) {
    long start = System.nanoTime();
    Tape tape = new Tape(KEPT_HALF, masks, request.live());
    try {
      Process process = start(request);
      Thread killer = new Thread(() -> kill(process));
      Runtime.getRuntime().addShutdownHook(killer);
      try {
        return watch(request, start, tape, process);
      } finally {
        Runtime.getRuntime().removeShutdownHook(killer);
      }
    } catch (IOException e) {
      byte[] words = (e.getMessage() + "\n").getBytes(StandardCharsets.UTF_8);
      return new Result(127, false, since(start), new Kept(words), words.length);
    }
  }

  private static Process start(Request request) throws IOException {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      command.add(SETSID.toString());
    }
    command.addAll(request.command());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(request.folder().toFile());
    builder.environment().putAll(request.environment());
    builder.redirectErrorStream(true);
    builder.redirectInput(new File("/dev/null"));
    return builder.start();
  }

  private static Result watch(Request request, long start, Tape tape, Process process)
      throws IOException {
    Thread reader = Thread.ofVirtual().start(() -> copy(process.getInputStream(), tape));
    boolean ended = false;
    try {
      ended = process.waitFor(request.timeout().toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        kill(process);
        process.waitFor();
      }
      reader.join(DRAIN);
    } catch (InterruptedException e) {
      kill(process);
      Thread.currentThread().interrupt();
    }
    byte[] output;
    long total;
    synchronized (tape) {
      output = tape.end();
      total = tape.total();
    }
    int exit = ended ? process.exitValue() : 124;
    return new Result(exit, !ended, since(start), new Kept(output), total);
  }

  private static void copy(InputStream in, Tape tape) {
    byte[] buffer = new byte[1 << 16];
    try {
      int count = in.read(buffer);
      while (count >= 0) {
        synchronized (tape) {
          tape.add(buffer, count);
        }
        count = in.read(buffer);
      }
    } catch (IOException e) {
      // The process ended while a child of it still held the pipe; what was read is kept.
      Thread.currentThread().interrupt();
    }
  }

  private static void kill(Process process) {
    if (!process.isAlive()) {
      return;
    }
    List<ProcessHandle> tree = process.descendants().toList();
    tree.forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
