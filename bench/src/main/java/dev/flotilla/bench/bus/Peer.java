package dev.flotilla.bench.bus;

import dev.flotilla.bench.rig.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server under measurement, in its own process. */
record Peer(String name, String version, Process process, int port) implements AutoCloseable {
  private static final int START_MILLIS = 20_000;

  /** With the options the node's JVM has. */
  static Peer embedded() throws IOException, InterruptedException {
    int port = FreePort.find();
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xms16m",
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            EmbeddedPeer.class.getName(),
            Integer.toString(port));
    return started("embedded", "JDK " + Runtime.version(), command, port);
  }

  static Peer natsServer() throws IOException, InterruptedException {
    int port = FreePort.find();
    Process asked = new ProcessBuilder("nats-server", "--version").start();
    String said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return started(
        "nats-server",
        said.replace("nats-server:", "").strip(),
        List.of("nats-server", "-a", "127.0.0.1", "-p", Integer.toString(port)),
        port);
  }

  private static Peer started(String name, String version, List<String> command, int port)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    long deadline = System.currentTimeMillis() + START_MILLIS;
    while (!listens(port)) {
      if (!process.isAlive() || System.currentTimeMillis() > deadline) {
        process.destroyForcibly();
        throw new IOException(name + " did not start: " + String.join(" ", command));
      }
      Thread.sleep(20);
    }
    return new Peer(name, version, process, port);
  }

  String url() {
    return "nats://127.0.0.1:" + port;
  }

  /** Proportional set size in MiB. */
  double memory() throws IOException {
    String rollup = Files.readString(Path.of("/proc", "" + process.pid(), "smaps_rollup"));
    Matcher pss = Pattern.compile("(?m)^Pss:\\s+(\\d+) kB").matcher(rollup);
    return pss.find() ? Long.parseLong(pss.group(1)) / 1024.0 : Double.NaN;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
