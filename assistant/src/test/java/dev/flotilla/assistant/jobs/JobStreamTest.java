package dev.flotilla.assistant.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.assistant.testing.LentServer;
import dev.flotilla.bus.Bus;
import dev.flotilla.bus.BusOptions;
import dev.flotilla.bus.Message;
import dev.flotilla.bus.NatsBus;
import dev.flotilla.kernel.testing.TestHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a nats-server with JetStream. */
@Tag("external")
class JobStreamTest {
  @TempDir Path folder;
  private LentServer server;
  private Bus bus;

  @BeforeEach
  void startServer() throws Exception {
    server = LentServer.jetStream(Files.createDirectory(folder.resolve("nats")));
    bus = NatsBus.connect(BusOptions.of("nats://127.0.0.1:" + server.port(), "test"));
  }

  @AfterEach
  void stopServer() {
    if (bus != null) {
      bus.close();
      server.close();
    }
  }

  private TestHost service() {
    return TestHost.start(AsyncProcessor.factory(), folder.resolve("state"), Map.of(), bus);
  }

  private void publish(String kind, String payload, String... headers) throws Exception {
    Message message = Message.of("flotilla.job." + kind, payload);
    for (int i = 0; i < headers.length; i += 2) {
      message = message.withHeader(headers[i], headers[i + 1]);
    }
    assertThat(bus.request(message, Duration.ofSeconds(5)).get().text()).contains("\"seq\"");
  }

  private static List<String> payloads(TestHost service) {
    return StreamSupport.stream(service.call("list", Map.of()).path("jobs").spliterator(), false)
        .map(job -> job.path("kind").asText() + job.path("payload"))
        .sorted()
        .toList();
  }

  @Test
  void whatIsPublishedWhileNobodyIsThereBecomesOneJobEach() throws Exception {
    service().close();
    publish("mail", "1");
    publish("mail", "2", "Flotilla-Key", "two", "Flotilla-Priority", "7");
    publish("mail", "2", "Flotilla-Key", "two");
    publish("mail", "not json");
    publish("scan", "");
    try (TestHost service = service()) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(payloads(service)).hasSize(3));
      publish("mail", "3");
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> payloads(service).size() == 4);
      assertThat(payloads(service)).containsExactly("mail1", "mail2", "mail3", "scannull");
    }
    try (TestHost again = service()) {
      publish("mail", "4");
      Awaitility.await().until(() -> payloads(again).contains("mail4"));
      assertThat(payloads(again)).hasSize(5);
    }
  }

  @Test
  void aServerThatDiesIsTakenUpAgain() throws Exception {
    try (TestHost service = service()) {
      publish("mail", "1");
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> payloads(service).size() == 1);
      server.kill();
      server.startAgain();
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptions()
          .until(
              () -> {
                publish("mail", "2", "Flotilla-Key", "two");
                return true;
              });
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> payloads(service).size() == 2);
      assertThat(payloads(service)).containsExactly("mail1", "mail2");
    }
  }
}
