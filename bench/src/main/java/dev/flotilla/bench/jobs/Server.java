package dev.flotilla.bench.jobs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A server program, run by {@code servers.py}: it can be killed and started again. */
final class Server implements AutoCloseable {
  static final String SCRIPT = "servers.py";

  private final Process process;
  private final BufferedReader said;
  private final int port;

  /**
   * @param what {@code postgres} or {@code nats}
   * @throws IOException when it is not installed
   */
  Server(String python, String what, Path folder) throws IOException {
    Files.createDirectories(folder);
    Path script = copy(SCRIPT, folder);
    process =
        new ProcessBuilder(python, script.toString(), what, folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    said = process.inputReader(StandardCharsets.UTF_8);
    String first = said.readLine();
    if (first == null) {
      throw new IOException(what + " did not start");
    }
    port = Integer.parseInt(first);
  }

  static Path copy(String script, Path folder) throws IOException {
    Path copy = folder.resolve(script);
    try (InputStream in = Server.class.getResourceAsStream(script)) {
      if (in == null) {
        throw new IOException(script + " is not beside its class");
      }
      Files.write(copy, in.readAllBytes());
    }
    return copy;
  }

  int port() {
    return port;
  }

  /** With {@code kill -9}, and starts it again. */
  void killAndStart() throws IOException {
    order("kill");
    order("start");
  }

  private void order(String word) throws IOException {
    process.outputWriter(StandardCharsets.UTF_8).append(word).append('\n').flush();
    if (!"ok".equals(said.readLine())) {
      throw new IOException("the server did not " + word);
    }
  }

  @Override
  public void close() throws IOException {
    process.outputWriter(StandardCharsets.UTF_8).close();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
