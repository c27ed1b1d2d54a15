package dev.flotilla.bench.models;

import dev.flotilla.bench.rig.CommandFleet;
import dev.flotilla.bench.rig.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * {@code IdleBench FILE [SECONDS]}: what the four services of the runtime hold at rest, in one JVM
 * of one fleet, without and with the embedding model; writes the report.
 */
public final class IdleBench {
  private static final int REST = 60;

  private IdleBench() {}

  public static void main(String... arguments) throws Exception {
    int rest = arguments.length > 1 ? Integer.parseInt(arguments[1]) : REST;
    double without = idle("", rest);
    double with =
        idle(
            """
            router:
              tasks:
                light: {target: builtin, examples: [which agents are unhealthy?, what changed?]}
                heavy: {target: builtin, examples: [write a parser, prove this theorem]}
            """,
            rest);
    String report =
        String.format(
            Locale.ROOT,
            """
            # The four services at rest

            RequestCoordinator, ModelManagerSuite, AsyncProcessor and CacheManager in one JVM of a \
            fleet that is up, after one question through the door and %d s of rest: proportional \
            memory of that JVM (PSS of `smaps_rollup`), with the heap settings of the node, beside \
            the node's own JVM. The embedding model is loaded by a router with examples.

            | embedding model | PSS, MiB | must be at most |
            |---|---|---|
            | not loaded | %.0f | 150 |
            | loaded | %.0f | 350 |

            JDK %s.
            """,
            rest,
            without,
            with,
            Runtime.version());
    if (arguments.length > 0) {
      Files.writeString(Path.of(arguments[0]), report);
    }
    System.out.println(report);
  }

  private static double idle(String router, int rest) throws IOException, InterruptedException {
    int door = FreePort.find();
    try (CommandFleet fleet = new CommandFleet(Files.createTempDirectory("idle-bench"))) {
      fleet.up(
          """
          fleet: idle-bench
          groups: {core: {}}
          agents:
            RequestCoordinator: {service: RequestCoordinator, group: core, port: %d}
            ModelManagerSuite: {service: ModelManagerSuite, group: core, port: %d}
            AsyncProcessor: {service: AsyncProcessor, group: core, port: %d}
            CacheManager: {service: CacheManager, group: core, port: %d}
          %s\
          """
              .formatted(door, FreePort.find(), FreePort.find(), FreePort.find(), router));
      ask(door);
      Thread.sleep(Duration.ofSeconds(rest));
      if (fleet.maps("onnxruntime") == router.isEmpty()) {
        throw new IOException("the embedding model is not as this measurement needs it");
      }
      return fleet.pss();
    }
  }

  private static void ask(int door) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:" + door + "/v1/chat/completions"))
                  .header("Content-Type", "application/json")
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          "{\"messages\": [{\"role\": \"user\", \"content\": \"which agents are"
                              + " not well?\"}]}"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException("the door answered " + answer.statusCode() + ": " + answer.body());
      }
    }
  }
}
