package dev.flotilla.cli.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.flotilla.cli.Main;
import dev.flotilla.cli.Run;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code flotilla chat} in a terminal: tmux has the pseudo terminal and shows what is seen. */
@Tag("external")
class ChatInTerminalTest {
  @TempDir Path folder;
  private final CountDownLatch more = new CountDownLatch(1);
  private final CountDownLatch gone = new CountDownLatch(1);
  private String tmux = "";
  private HttpServer upstream;

  @BeforeEach
  void up() throws Exception {
    assumeTrue(present(), "needs tmux, for the terminal");
    upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    upstream.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    upstream.createContext("/v1/chat/completions", this::answer);
    upstream.start();
    Files.writeString(
        folder.resolve("fleet.yaml"),
        """
        fleet: chat
        agents:
          RequestCoordinator: {service: RequestCoordinator, port: %d}
        router:
          targets:
            up: {url: 'http://127.0.0.1:%d/v1'}
          tasks:
            all: {target: builtin, fallback: up}
        """
            .formatted(freePort(), upstream.getAddress().getPort()));
    Run up = Run.in(folder, environment(), "up");
    assertThat(up.code()).as(up.out() + up.err()).isZero();
    tmux = folder.resolve("tmux").toString();
    talk();
  }

  private Map<String, String> environment() {
    return Map.of(
        "FLOTILLA_HOME",
        folder.resolve("state").toString(),
        "PATH",
        "/usr/bin:/bin:/usr/local/bin");
  }

  private void talk() throws Exception {
    run(
        "new-session",
        "-d",
        "-x",
        "100",
        "-y",
        "40",
        "-c",
        folder.toString(),
        "env",
        "FLOTILLA_HOME=" + folder.resolve("state"),
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        Main.class.getName(),
        "chat");
    shows("> ");
  }

  @AfterEach
  void down() throws Exception {
    if (!tmux.isEmpty()) {
      more.countDown();
      upstream.stop(0);
      if (run("ls").startsWith("0")) {
        run("kill-server");
      }
      assertThat(Run.in(folder, environment(), "down").code()).isZero();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (body.contains("refuse")) {
      byte[] refused =
          "{\"error\":{\"message\":\"too many words\"}}".getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(400, refused.length);
      exchange.getResponseBody().write(refused);
      exchange.close();
      return;
    }
    exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      say(out, body.contains("Napoleon") && body.contains("and then") ? "Waterloo" : "First words");
      if (body.contains("for ever")) {
        forEver(out);
      }
      var _ = more.await(30, TimeUnit.SECONDS);
      say(out, ", last words.");
      event(out, "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}");
      event(out, "[DONE]");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void forEver(OutputStream out) throws InterruptedException {
    try {
      while (true) {
        say(out, ".");
        TimeUnit.MILLISECONDS.sleep(100);
      }
    } catch (IOException left) {
      gone.countDown();
    }
  }

  private static void say(OutputStream out, String text) throws IOException {
    event(out, "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}");
  }

  private static void event(OutputStream out, String data) throws IOException {
    out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Test
  void talksAndStreamsAndRemembersAndEnds() throws Exception {
    type("what is 6 * 7?");
    shows("42");
    type("/explain");
    shows("task all → builtin, then up");
    type("who was Napoleon?");
    shows("First words");
    assertThat(screen()).doesNotContain("last words");
    more.countDown();
    shows("First words, last words.");
    type("and then?");
    shows("Waterloo, last words.");
    type("refuse this");
    shows("too many words");
    type("/model nosuch");
    shows("There is no model \"nosuch\" here.");
    type("/model builtin");
    shows("Asking builtin from now on.");
    type("who was Caesar?");
    shows("I do not know.");
    type("/nothing");
    shows("There are /explain, /model NAME, /new and /quit.");
    type("/quit");
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> run("ls").startsWith("1"));

    talk();
    run("send-keys", "Up", "Up", "Up", "Up");
    shows("> /model builtin");
    run("send-keys", "C-u", "C-d");
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> run("ls").startsWith("1"));
    assertThat(Files.getPosixFilePermissions(folder.resolve("state/chat.history")).toString())
        .doesNotContain("OTHERS")
        .doesNotContain("GROUP");
  }

  @Test
  void controlCStopsTheAnswerAtItsTarget() throws Exception {
    type("talk for ever");
    shows("First words..");
    run("send-keys", "C-c");
    shows("Stopped.");
    assertThat(gone.await(30, TimeUnit.SECONDS)).as("the target was cut").isTrue();
    type("what is 6 * 7?");
    shows("42");
  }

  private void type(String line) throws Exception {
    shows("\n> $");
    run("send-keys", "-l", line);
    run("send-keys", "Enter");
  }

  /** A text anywhere on the screen, or {@code \n> $} for a prompt that waits. */
  private void shows(String text) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              if (text.equals("\n> $")) {
                assertThat(screen().stripTrailing()).endsWith("\n>");
              } else {
                assertThat(screen()).contains(text);
              }
            });
  }

  private String screen() throws Exception {
    return run("capture-pane", "-p", "-J").substring(1);
  }

  private static boolean present() {
    return Files.isExecutable(Path.of("/usr/bin/tmux"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** The exit code in one digit, and what it said. */
  private String run(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("/usr/bin/tmux", "-S", tmux));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return Math.min(process.waitFor(), 9) + said;
  }
}
