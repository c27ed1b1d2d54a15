package dev.flotilla.bench.models;

import com.fasterxml.jackson.databind.JsonNode;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.ModelParameters;
import dev.flotilla.assistant.models.gguf.RandomLlama;
import dev.flotilla.kernel.wire.Wire;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a swap costs beyond the engine's own load: a fleet of the pool alone, one model at a time,
 * two that take turns.
 */
final class SwapBench implements AutoCloseable {
  private static final String SERVER =
      """
      import http.server, sys
      class H(http.server.BaseHTTPRequestHandler):
        def log_message(self, *a): pass
        def do_GET(self):
          self.send_response(200); self.send_header('Content-Length', '0'); self.end_headers()
      http.server.ThreadingHTTPServer(('127.0.0.1', int(sys.argv[1])), H).serve_forever()
      """;

  private final Path folder;
  private final int port;
  private final int rounds;

  /** Medians in milliseconds. */
  record Swap(double own, double acquired) {}

  private SwapBench(Path folder, int rounds) throws IOException {
    this.folder = folder;
    this.rounds = rounds;
    this.port = freePort();
  }

  static SwapBench start(int rounds) throws IOException, InterruptedException {
    SwapBench bench = new SwapBench(Files.createTempDirectory("models-bench"), rounds);
    RandomLlama.write(bench.folder.resolve("a.gguf"), 1);
    RandomLlama.write(bench.folder.resolve("b.gguf"), 2);
    Files.writeString(bench.folder.resolve("server.py"), SERVER);
    Files.writeString(
        bench.folder.resolve("fleet.yaml"),
        """
        fleet: models-bench
        agents:
          ModelManagerSuite:
            service: ModelManagerSuite
            port: %d
            config: {maxModelsInMemory: 1}
        models:
          a: {source: a.gguf}
          b: {source: b.gguf}
          c: {command: 'python3 server.py ${port}', vram: 10MiB, cpu: true}
          d: {command: 'python3 server.py ${port}', vram: 10MiB, cpu: true}
        """
            .formatted(bench.port));
    bench.flotilla("up");
    return bench;
  }

  private String flotilla(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.flotilla.cli.Main"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("FLOTILLA_HOME", folder.resolve("state").toString());
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("flotilla " + String.join(" ", arguments) + ": " + said);
    }
    return said;
  }

  /** Memory of the JVM that hosts the pool alone, in MiB. */
  double pss() throws IOException, InterruptedException {
    JsonNode status = Wire.mapper().readTree(flotilla("status", "--json"));
    long pid = status.path("agents").get(0).path("pid").asLong();
    return Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup")).stream()
        .filter(line -> line.startsWith("Pss:"))
        .mapToDouble(line -> Double.parseDouble(line.split("\\s+")[1]) / 1024)
        .findFirst()
        .orElse(Double.NaN);
  }

  /** llama.cpp inside of the service, on the tiny models. */
  Swap inside() throws IOException {
    List<Double> own = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      long begun = System.nanoTime();
      try (LlamaModel model =
          new LlamaModel(
              new ModelParameters()
                  .setModel(folder.resolve(i % 2 == 0 ? "a.gguf" : "b.gguf").toString())
                  .setCtxSize(512)
                  .setThreads(1)
                  .skipWarmup()
                  .disableLog())) {
        own.add(millis(begun));
        model.encode("x");
      }
    }
    return new Swap(median(own.subList(1, own.size())), swaps("a", "b"));
  }

  /** A server of a few lines of Python, run by the node. */
  Swap server() throws IOException, InterruptedException {
    List<Double> own = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      int at = freePort();
      long begun = System.nanoTime();
      Process process =
          new ProcessBuilder("python3", "server.py", Integer.toString(at))
              .directory(folder.toFile())
              .start();
      while (!answers(at)) {
        Thread.sleep(1);
      }
      own.add(millis(begun));
      process.destroyForcibly().waitFor();
    }
    return new Swap(median(own), swaps("c", "d"));
  }

  private double swaps(String first, String second) throws IOException {
    List<Double> took = new ArrayList<>();
    for (int i = 0; i < rounds + 1; i++) {
      long begun = System.nanoTime();
      JsonNode lease =
          post("acquire", Map.of("model", i % 2 == 0 ? first : second, "holder", "bench"));
      took.add(millis(begun));
      post("release", Map.of("lease", lease.path("lease").asText()));
    }
    return median(took.subList(1, took.size()));
  }

  private JsonNode post(String operation, Object body) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection)
            URI.create("http://127.0.0.1:" + port + "/operations/" + operation)
                .toURL()
                .openConnection();
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", "application/json");
    connection.getOutputStream().write(Wire.json(body));
    return Wire.mapper().readTree(connection.getInputStream());
  }

  private static boolean answers(int at) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 1000);
      return true;
    } catch (ConnectException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static double millis(long since) {
    return (System.nanoTime() - since) / 1e6;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  @Override
  public void close() throws IOException {
    try {
      flotilla("down");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
