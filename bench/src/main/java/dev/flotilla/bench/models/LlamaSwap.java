package dev.flotilla.bench.models;

import dev.flotilla.bench.rig.FreePort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** llama-swap with the servers that the swap benchmark has the node run. */
final class LlamaSwap implements AutoCloseable {
  private final Path program;
  private final Process process;
  private final int port;

  private LlamaSwap(Path program, Process process, int port) {
    this.program = program;
    this.process = process;
    this.port = port;
  }

  /**
   * @param folder with {@code server.py}
   */
  static LlamaSwap start(Path program, Path folder) throws IOException, InterruptedException {
    Path config = folder.resolve("llama-swap.yaml");
    Files.writeString(
        config,
        """
        healthCheckTimeout: 60
        startPort: %d
        models:
          c: {cmd: 'python3 server.py ${PORT}'}
          d: {cmd: 'python3 server.py ${PORT}'}
        """
            .formatted(FreePort.find()));
    int port = FreePort.find();
    Process process =
        new ProcessBuilder(
                program.toString(), "-config", config.toString(), "-listen", "127.0.0.1:" + port)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("llama-swap.log").toFile())
            .start();
    while (!SwapBench.answers(port)) {
      if (!process.isAlive()) {
        throw new IOException(Files.readString(folder.resolve("llama-swap.log")));
      }
      Thread.sleep(10);
    }
    return new LlamaSwap(program, process, port);
  }

  /** From a request for the model that is not loaded to its answer; median in milliseconds. */
  double answered(int rounds) throws IOException {
    List<Double> took = new ArrayList<>();
    for (int i = 0; i < rounds + 1; i++) {
      long begun = System.nanoTime();
      var _ =
          SwapBench.post(
              "http://127.0.0.1:" + port + "/v1/chat/completions",
              Map.of("model", i % 2 == 0 ? "c" : "d", "messages", List.of()));
      took.add(SwapBench.millis(begun));
    }
    return SwapBench.median(took.subList(1, took.size()));
  }

  String version() throws IOException {
    Process asked = new ProcessBuilder(program.toString(), "-version").start();
    return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        .strip()
        .replaceAll("version: (.*), built.*", "$1");
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
