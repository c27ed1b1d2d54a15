package dev.flotilla.assistant.models.inside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.assistant.models.engine.EngineException;
import dev.flotilla.assistant.models.engine.Order;
import dev.flotilla.assistant.models.gguf.RandomLlama;
import dev.flotilla.assistant.models.pool.CardId;
import dev.flotilla.kernel.http.HttpListener;
import dev.flotilla.kernel.http.HttpSettings;
import dev.flotilla.kernel.http.Routes;
import dev.flotilla.kernel.wire.Wire;
import dev.flotilla.model.Model;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real engines on models with random weights, asked over HTTP. */
class InsideEngineTest {
  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private InsideEngine engine;
  private HttpListener listener;

  @BeforeEach
  void start() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    engine = new InsideEngine(folder, port, way -> way.context().orElse(256));
    Routes routes = new Routes();
    engine.serve(routes);
    listener = HttpListener.start(HttpSettings.loopback(port), routes);
  }

  @AfterEach
  void stop() {
    listener.close();
    engine.close();
    client.close();
  }

  private String load(String kind, String engineName, Path file) throws Exception {
    Model model =
        new Model(
            "tiny",
            kind,
            engineName,
            Optional.of(file.toString()),
            Optional.empty(),
            List.of(),
            false,
            false,
            Map.of());
    return engine.load(
        new Order(model, model.ways().getFirst(), new CardId("pc", CardId.CPU), "127.0.0.1"));
  }

  private String llama(String kind) throws Exception {
    Path file = folder.resolve("tiny.gguf");
    RandomLlama.write(file, 1);
    return load(kind, "llama.cpp", file);
  }

  private HttpResponse<String> post(String url, Object body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(url))
            .POST(HttpRequest.BodyPublishers.ofString(Wire.text(body)))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode json(String url, Object body) throws Exception {
    return Wire.mapper().readTree(post(url, body).body());
  }

  private static Map<String, Object> chat(Object... more) {
    Map<String, Object> request = new java.util.LinkedHashMap<>();
    request.put("messages", List.of(Map.of("role", "user", "content", "hello")));
    request.put("seed", 1);
    for (int i = 0; i < more.length; i += 2) {
      request.put((String) more[i], more[i + 1]);
    }
    return request;
  }

  @Test
  void aModelThatComesAndGoesTakesItsMemoryOnce() throws Exception {
    Path status = Path.of("/proc/self/status");
    assumeTrue(Files.exists(status), "needs /proc, to see what this process holds");
    Path file = folder.resolve("wide.gguf");
    RandomLlama.write(file, 1);
    engine.close();
    engine = new InsideEngine(folder, listener.port(), way -> 200_000);
    var _ = load("chat", "llama.cpp", file);
    engine.unload("tiny", "pc");
    long once = resident(status);
    for (int i = 0; i < 5; i++) {
      var _ = load("chat", "llama.cpp", file);
      engine.unload("tiny", "pc");
    }
    assertThat(resident(status) - once).as("KiB, each load takes 75 MiB").isLessThan(200_000);
  }

  @Test
  void theWeightsOfAnUnloadedModelAreNoMoreInMemoryAndComeBack() throws Exception {
    Path maps = Path.of("/proc/self/smaps");
    assumeTrue(Files.exists(maps), "needs /proc, to see what this process holds");
    JsonNode before = json(llama("chat") + "/v1/chat/completions", chat("max_tokens", 8));
    assertThat(resident(maps, "tiny.gguf")).isGreaterThan(300);
    engine.unload("tiny", "pc");
    assertThat(resident(maps, "tiny.gguf")).isZero();
    String again = load("chat", "llama.cpp", folder.resolve("tiny.gguf"));
    JsonNode after = json(again + "/v1/chat/completions", chat("max_tokens", 8));
    assertThat(after.at("/choices/0/message")).isEqualTo(before.at("/choices/0/message"));
  }

  /** KiB of a file that is mapped. */
  private static long resident(Path maps, String file) throws IOException {
    long sum = 0;
    boolean its = false;
    for (String line : Files.readAllLines(maps)) {
      if (line.matches("[0-9a-f]+-.*")) {
        its = line.endsWith(file);
      } else if (its && line.startsWith("Rss:")) {
        sum += Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    return sum;
  }

  private static long resident(Path status) throws IOException {
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }

  @Test
  void llamaCppAnswersAChat() throws Exception {
    String address = llama("chat");
    JsonNode answer = json(address + "/v1/chat/completions", chat("max_tokens", 8));
    assertThat(answer.path("object").asText()).isEqualTo("chat.completion");
    JsonNode choice = answer.path("choices").get(0);
    assertThat(choice.path("message").path("role").asText()).isEqualTo("assistant");
    assertThat(choice.path("finish_reason").asText()).isIn("length", "stop");
    assertThat(answer.path("usage").path("completion_tokens").asInt()).isBetween(1, 8);
    assertThat(answer.path("usage").path("prompt_tokens").asInt()).isPositive();
    assertThat(json(address + "/v1/chat/completions", chat("max_tokens", 8)).path("choices"))
        .as("the same seed")
        .isEqualTo(answer.path("choices"));
  }

  @Test
  void llamaCppStreams() throws Exception {
    String address = llama("chat");
    String whole =
        json(address + "/v1/chat/completions", chat("max_tokens", 12))
            .path("choices")
            .get(0)
            .path("message")
            .path("content")
            .asText();
    HttpResponse<String> response =
        post(
            address + "/v1/chat/completions",
            chat(
                "max_tokens", 12, "stream", true, "stream_options", Map.of("include_usage", true)));
    List<String> events =
        response
            .body()
            .lines()
            .filter(l -> l.startsWith("data: "))
            .map(l -> l.substring(6))
            .toList();
    assertThat(events.getLast()).isEqualTo("[DONE]");
    StringBuilder text = new StringBuilder();
    for (String event : events.subList(0, events.size() - 1)) {
      text.append(
          Wire.mapper()
              .readTree(event)
              .path("choices")
              .path(0)
              .path("delta")
              .path("content")
              .asText(""));
    }
    assertThat(text.toString()).isEqualTo(whole);
    JsonNode usage = Wire.mapper().readTree(events.get(events.size() - 2)).path("usage");
    assertThat(usage.path("completion_tokens").asInt()).isPositive();
  }

  @Test
  void llamaCppCompletesAndEmbeds() throws Exception {
    String address = llama("chat");
    assertThat(
            json(address + "/v1/completions", Map.of("prompt", "hello", "max_tokens", 4))
                .path("object")
                .asText())
        .isEqualTo("text_completion");
    engine.unload("tiny", "pc");
    assertThat(post(address + "/v1/completions", Map.of("prompt", "hello")).statusCode())
        .isEqualTo(404);
    String embedding = llama("embedding");
    JsonNode vectors =
        json(embedding + "/v1/embeddings", Map.of("input", List.of("hello", "world")));
    assertThat(vectors.path("data")).hasSize(2);
    assertThat(vectors.path("data").get(0).path("embedding")).hasSize(64);
    assertThat(post(embedding + "/v1/completions", Map.of("prompt", "hello")).body())
        .contains("makes embeddings, not text");
  }

  @Test
  void onnxEmbeds() throws Exception {
    String address = load("embedding", "onnx", TinyOnnx.write(folder));
    JsonNode data =
        json(
                address + "/v1/embeddings",
                Map.of("input", List.of("hello fleets", "world", "hello fleets")))
            .path("data");
    assertThat(data).hasSize(3);
    assertThat(data.get(0).path("embedding")).isEqualTo(data.get(2).path("embedding"));
    assertThat(data.get(0).path("embedding")).isNotEqualTo(data.get(1).path("embedding"));
    double length = 0;
    for (JsonNode each : data.get(0).path("embedding")) {
      length += each.asDouble() * each.asDouble();
    }
    assertThat(length).isCloseTo(1, within(1e-5));
    assertThat(post(address + "/v1/chat/completions", chat()).body())
        .contains("makes embeddings, not text");
  }

  @Test
  void wrongRequestsAreToldInOpenAisShape() throws Exception {
    String address = llama("chat");
    HttpResponse<String> hot = post(address + "/v1/chat/completions", chat("temperature", "hot"));
    assertThat(hot.statusCode()).isEqualTo(400);
    assertThat(Wire.mapper().readTree(hot.body()).path("error").path("param").asText())
        .isEqualTo("temperature");
    HttpResponse<String> tooLong =
        post(address + "/v1/completions", Map.of("prompt", "hello ".repeat(200)));
    assertThat(tooLong.body()).contains("context_length_exceeded", "the context this model");
  }

  @Test
  void filesThatAreNoModelsAreRefusedWithTheEnginesWords() throws Exception {
    Path cut = folder.resolve("cut.gguf");
    RandomLlama.write(cut, 1);
    byte[] bytes = Files.readAllBytes(cut);
    Files.write(cut, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> load("chat", "llama.cpp", cut))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("llama.cpp refused cut.gguf");
    assertThatThrownBy(() -> load("embedding", "onnx", folder.resolve("none.onnx")))
        .hasMessageContaining("there is no file");
    Files.write(folder.resolve("bad.onnx"), new byte[] {1, 2, 3});
    TinyOnnx.write(folder);
    assertThatThrownBy(() -> load("embedding", "onnx", folder.resolve("bad.onnx")))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("cannot be loaded");
  }
}
