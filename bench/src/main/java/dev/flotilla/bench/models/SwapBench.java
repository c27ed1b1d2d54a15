package dev.flotilla.bench.models;

import com.fasterxml.jackson.databind.JsonNode;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.ModelParameters;
import dev.flotilla.assistant.models.gguf.RandomLlama;
import dev.flotilla.bench.rig.CommandFleet;
import dev.flotilla.bench.rig.FreePort;
import dev.flotilla.kernel.wire.Wire;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
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
        protocol_version = 'HTTP/1.1'
        def log_message(self, *a): pass
        def do_GET(self):
          self.send_response(200); self.send_header('Content-Length', '2')
          self.send_header('Content-Type', 'application/json'); self.end_headers()
          self.wfile.write(b'{}')
        def do_POST(self):
          self.rfile.read(int(self.headers['Content-Length'])); self.do_GET()
      http.server.ThreadingHTTPServer(('127.0.0.1', int(sys.argv[1])), H).serve_forever()
      """;

  private final CommandFleet fleet;
  private final int port;
  private final int rounds;

  /** Medians in milliseconds. */
  record Swap(double own, double acquired) {
    double overhead() {
      return acquired - own;
    }
  }

  private SwapBench(CommandFleet fleet, int port, int rounds) {
    this.fleet = fleet;
    this.port = port;
    this.rounds = rounds;
  }

  static SwapBench start(int rounds) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("models-bench");
    SwapBench bench = new SwapBench(new CommandFleet(folder), FreePort.find(), rounds);
    RandomLlama.write(folder.resolve("a.gguf"), 1);
    RandomLlama.write(folder.resolve("b.gguf"), 2);
    Files.writeString(folder.resolve("server.py"), SERVER);
    bench.fleet.up(
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
    return bench;
  }

  /** Memory of the JVM that hosts the pool alone, in MiB. */
  double pss() throws IOException, InterruptedException {
    return fleet.pss();
  }

  /** Where the models' servers lie. */
  Path folder() {
    return fleet.folder();
  }

  /** llama.cpp inside of the service, on the tiny models. */
  Swap inside() throws IOException {
    List<Double> own = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      long begun = System.nanoTime();
      try (LlamaModel model =
          new LlamaModel(
              new ModelParameters()
                  .setModel(folder().resolve(i % 2 == 0 ? "a.gguf" : "b.gguf").toString())
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
    return new Swap(serverAlone(), swaps("c", "d"));
  }

  private double serverAlone() throws IOException, InterruptedException {
    List<Double> own = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      int at = FreePort.find();
      long begun = System.nanoTime();
      Process process =
          new ProcessBuilder("python3", "server.py", Integer.toString(at))
              .directory(folder().toFile())
              .start();
      while (!answers(at)) {
        Thread.sleep(1);
      }
      own.add(millis(begun));
      process.destroyForcibly().waitFor();
    }
    return median(own);
  }

  private double swaps(String first, String second) throws IOException {
    List<Double> took = new ArrayList<>();
    for (int i = 0; i < rounds + 1; i++) {
      long begun = System.nanoTime();
      JsonNode lease = ask("acquire", Map.of("model", i % 2 == 0 ? first : second, "holder", "me"));
      took.add(millis(begun));
      ask("release", Map.of("lease", lease.path("lease").asText()));
    }
    return median(took.subList(1, took.size()));
  }

  /** As {@link #server}, with a request to the model that was swapped in. */
  double answered() throws IOException {
    List<Double> took = new ArrayList<>();
    for (int i = 0; i < rounds + 1; i++) {
      String model = i % 2 == 0 ? "c" : "d";
      long begun = System.nanoTime();
      JsonNode lease = ask("acquire", Map.of("model", model, "holder", "me"));
      post(lease.path("baseUrl").asText() + "/chat/completions", Map.of("model", model));
      took.add(millis(begun));
      ask("release", Map.of("lease", lease.path("lease").asText()));
    }
    return median(took.subList(1, took.size()));
  }

  private JsonNode ask(String operation, Object body) throws IOException {
    return post("http://127.0.0.1:" + port + "/operations/" + operation, body);
  }

  static JsonNode post(String address, Object body) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) URI.create(address).toURL().openConnection();
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", "application/json");
    connection.getOutputStream().write(Wire.json(body));
    return Wire.mapper().readTree(connection.getInputStream());
  }

  static boolean answers(int at) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 1000);
      return true;
    } catch (ConnectException e) {
      return false;
    }
  }

  static double millis(long since) {
    return (System.nanoTime() - since) / 1e6;
  }

  static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  @Override
  public void close() throws IOException {
    fleet.close();
  }
}
