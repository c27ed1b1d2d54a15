package dev.flotilla.hub.functional;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.kernel.wire.Wire;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Chromium without a window that shows one page and answers expressions about it. */
final class Browser implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final Process process;
  private final WebSocket socket;
  private int questions;

  private Browser(Path program, Path profile, URI page) throws IOException {
    process =
        new ProcessBuilder(
                program.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                page.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Path portFile = profile.resolve("DevToolsActivePort");
    await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(portFile));
    String port = Files.readAllLines(portFile).getFirst();
    String target =
        await()
            .atMost(Duration.ofSeconds(60))
            .ignoreExceptions()
            .until(() -> target(port, page), url -> !url.isEmpty());
    socket = http.newWebSocketBuilder().buildAsync(URI.create(target), new Answers()).join();
  }

  /** Opens a page; the profile folder is made. */
  static Browser open(Path program, Path profile, URI page) throws IOException {
    return new Browser(program, profile, page);
  }

  /** Where a Chromium is, when there is one on the path. */
  static Optional<Path> program() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .flatMap(
            directory ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(name -> Path.of(directory, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** What a JavaScript expression gives, as text. */
  String ask(String expression) {
    return command(
            "Runtime.evaluate",
            Map.of("expression", "String(" + expression + ")", "returnByValue", true))
        .at("/result/value")
        .asText();
  }

  /** Gives the page another size, in CSS pixels. */
  void size(int width, int height) {
    var _ =
        command(
            "Emulation.setDeviceMetricsOverride",
            Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** A picture of what is seen, as PNG. */
  void picture(Path file) throws IOException {
    JsonNode taken = command("Page.captureScreenshot", Map.of("format", "png"));
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, Base64.getDecoder().decode(taken.path("data").asText()));
  }

  private JsonNode command(String method, Map<String, Object> parameters) {
    int id = ++questions;
    Map<String, Object> question = Map.of("id", id, "method", method, "params", parameters);
    socket.sendText(Wire.text(question), true).join();
    try {
      while (true) {
        String answer = answers.poll(30, TimeUnit.SECONDS);
        if (answer == null) {
          throw new IllegalStateException("the browser does not answer");
        }
        JsonNode read = Wire.mapper().readTree(answer);
        if (read.path("id").asInt() == id) {
          return read.path("result");
        }
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String target(String port, URI page) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list")).build();
    JsonNode targets =
        Wire.mapper().readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    for (JsonNode target : targets) {
      if (target.path("url").asText().startsWith(page.toString())) {
        return target.path("webSocketDebuggerUrl").asText();
      }
    }
    return "";
  }

  private final class Answers implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        answers.add(text.toString());
        text.setLength(0);
      }
      return WebSocket.Listener.super.onText(from, data, last);
    }
  }

  @Override
  public void close() {
    socket.abort();
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(handle -> handle.onExit().join());
    http.shutdownNow();
  }
}
