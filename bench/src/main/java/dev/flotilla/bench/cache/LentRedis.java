package dev.flotilla.bench.cache;

import dev.flotilla.bench.rig.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Optional;

/** A Redis of our own for the time of a measurement, keeping nothing. */
record LentRedis(Process process, int port) implements AutoCloseable {

  static Optional<LentRedis> start() throws IOException, InterruptedException {
    int port = FreePort.find();
    Process process;
    try {
      process =
          new ProcessBuilder(
                  "redis-server",
                  "--port",
                  Integer.toString(port),
                  "--bind",
                  "127.0.0.1",
                  "--save",
                  "")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException notInstalled) {
      return Optional.empty();
    }
    while (process.isAlive() && !listens(port)) {
      Thread.sleep(20);
    }
    return process.isAlive() ? Optional.of(new LentRedis(process, port)) : Optional.empty();
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
