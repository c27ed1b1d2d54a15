package dev.flotilla.cli.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.cli.Run;
import dev.flotilla.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;

/**
 * A fleet of the door and the model pool with a card of 24 GiB and one of 12, run by a node of its
 * own. Needs python3 for the servers of models and gcc for the library that shows the cards.
 */
final class ModelFleet implements AutoCloseable {
  private final Path folder;
  private final Map<String, String> environment;
  private final int door;
  private final HttpClient http = HttpClient.newHttpClient();

  private ModelFleet(Path folder, Map<String, String> environment, int door) {
    this.folder = folder;
    this.environment = environment;
    this.door = door;
  }

  /**
   * @param models as they stand in a manifest
   */
  static ModelFleet up(Path folder, String models) throws IOException, InterruptedException {
    needs(List.of("python3", "--version"), "needs python3, for the servers of models");
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("FLOTILLA_HOME", folder.resolve("state").toString());
    environment.put("FLOTILLA_NVML", library(folder).toString());
    environment.put("NVML_STUB", folder.resolve("cards").toString());
    int door = freePort();
    ModelFleet fleet = new ModelFleet(folder, Map.copyOf(environment), door);
    fleet.othersTake(0, 0);
    try (InputStream server = ModelFleet.class.getResourceAsStream("model_server.py")) {
      Files.copy(Objects.requireNonNull(server), folder.resolve("model_server.py"));
    }
    assertThat(fleet.run("models", "sample", "tiny.gguf").code()).isZero();
    Files.writeString(
        folder.resolve("fleet.yaml"),
        """
        fleet: models
        groups: {doors: {}, pool: {}}
        agents:
          RequestCoordinator: {service: RequestCoordinator, group: doors, port: %d}
          ModelManagerSuite:
            service: ModelManagerSuite
            group: pool
            port: %d
            config: {look: 300ms}
        models:
        """
                .formatted(door, freePort())
            + models.indent(2));
    Run up = fleet.run("up");
    assertThat(up.code()).as(up.out() + up.err()).isZero();
    return fleet;
  }

  private static Path library(Path folder) throws IOException, InterruptedException {
    Path source = Path.of("../node/src/test/native/nvml-stub.c").toAbsolutePath().normalize();
    assumeTrue(Files.exists(source), "needs " + source + ", the library's source");
    Path library = folder.resolve("libnvml-stub.so");
    needs(
        List.of("gcc", "-shared", "-fPIC", "-o", library.toString(), source.toString()),
        "needs gcc, to compile a library with two cards");
    return library;
  }

  private static void needs(List<String> command, String why) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().transferTo(OutputStream.nullOutputStream());
      assumeTrue(process.waitFor() == 0, why);
    } catch (IOException e) {
      Assumptions.abort(why + ": " + e.getMessage());
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** What programs outside of the fleet hold on the cards. */
  void othersTake(int mebibytesOfBig, int mebibytesOfSmall) throws IOException {
    Path next = folder.resolve("cards.next");
    Files.writeString(
        next,
        "card 0 Stub-24 24576 %d\ncard 1 Stub-12 12288 %d\n"
            .formatted(mebibytesOfBig, mebibytesOfSmall));
    Files.move(
        next,
        folder.resolve("cards"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  Run run(String... arguments) {
    return Run.in(folder, environment, arguments);
  }

  JsonNode json(String... arguments) throws IOException {
    String[] all = new String[arguments.length + 1];
    all[0] = "--json";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Json.mapper().readTree(run(all).out());
  }

  /** A model as {@code flotilla models} shows it; empty while the pool does not answer. */
  JsonNode model(String name) throws IOException {
    for (JsonNode each : json("models").path("models")) {
      if (each.path("model").asText().equals(name)) {
        return each;
      }
    }
    return Json.mapper().createObjectNode();
  }

  boolean is(String model, String state) throws IOException {
    return model(model).path("state").asText().equals(state);
  }

  /** The process of an agent. */
  ProcessHandle process(String agent) throws IOException {
    for (JsonNode each : json("status").path("agents")) {
      if (each.path("name").asText().equals(agent)) {
        return ProcessHandle.of(each.path("pid").asLong()).orElseThrow();
      }
    }
    throw new AssertionError("no agent " + agent);
  }

  /** Asks a model through the door. */
  HttpResponse<String> ask(String model, boolean stream) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door + "/v1/chat/completions"))
            .timeout(Duration.ofMinutes(2))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    """
                    {"model": "%s", "stream": %s, "max_tokens": 8,
                     "messages": [{"role": "user", "content": "hello"}]}
                    """
                        .formatted(model, stream)))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** How the door says that an answer came about, as it stands in JSON. */
  String explained(String request) throws IOException, InterruptedException {
    return http.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door + "/requests/" + request))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  /** What a model answered. */
  String words(String model) throws IOException, InterruptedException {
    HttpResponse<String> answer = ask(model, false);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Json.mapper()
        .readTree(answer.body())
        .path("choices")
        .path(0)
        .path("message")
        .path("content")
        .asText();
  }

  /** The process of a server of {@code model_server.py} that answers through the door. */
  ProcessHandle server(String model) throws IOException, InterruptedException {
    return ProcessHandle.of(Long.parseLong(words(model))).orElseThrow();
  }

  @Override
  public void close() {
    Run down = run("down");
    assertThat(down.code()).as(down.out() + down.err()).isZero();
  }
}
