package dev.flotilla.bench.gateway;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** Whether a gateway passes on what it should; asked before any speed is. */
final class Fidelity {
  private final Gateway gateway;
  private final Mock mock;

  Fidelity(Gateway gateway, Mock mock) {
    this.gateway = gateway;
    this.mock = mock;
  }

  /** How many of the checks hold. */
  int run(Map<String, String> checks) throws InterruptedException {
    check(checks, "answer", () -> ask("a fox", false).text().contains("quick brown fox"));
    check(checks, "usage", () -> ask("a fox", false).text().contains("\"total_tokens\":22"));
    check(checks, "tool call", () -> ask("please tool", false).text().contains("call_1"));
    check(
        checks,
        "every event of a stream",
        () ->
            ask("please stream", true).text().split("\"content\":\"word", -1).length - 1
                == Mock.EVENTS);
    check(checks, "[DONE]", () -> ask("please stream", true).text().contains("data: [DONE]"));
    check(
        checks,
        "usage of a stream",
        () -> ask("please stream with usage", true).text().contains("\"total_tokens\":32"));
    check(checks, "429 stays 429", () -> ask("please limit", false).status() == 429);
    check(checks, "cancellation", this::cancels);
    return (int) checks.values().stream().filter("yes"::equals).count();
  }

  private interface Check {
    boolean holds() throws IOException, InterruptedException;
  }

  private static void check(Map<String, String> checks, String name, Check check)
      throws InterruptedException {
    try {
      checks.put(name, check.holds() ? "yes" : "no");
    } catch (IOException | RuntimeException e) {
      checks.put(name, "no: " + e.getMessage());
    }
  }

  private Client.Answer ask(String text, boolean stream) throws IOException {
    try (Client client = new Client(gateway.port(), gateway.headers())) {
      return client.ask(client.chat("/v1/chat/completions", body(text, stream)));
    }
  }

  private String body(String text, boolean stream) {
    String usage =
        stream && text.contains("usage") ? ",\"stream_options\":{\"include_usage\":true}" : "";
    return "{\"model\":\"%s\",\"stream\":%s%s,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
        .formatted(gateway.model(), stream, usage, text);
  }

  private boolean cancels() throws IOException, InterruptedException {
    try (Client client = new Client(gateway.port(), gateway.headers())) {
      client.send(client.chat("/v1/chat/completions", body("please hold", true)));
      client.firstEvent();
    }
    long left = System.nanoTime();
    while (mock.held() > 0 && System.nanoTime() - left < Duration.ofSeconds(2).toNanos()) {
      Thread.sleep(5);
    }
    return mock.held() == 0;
  }
}
