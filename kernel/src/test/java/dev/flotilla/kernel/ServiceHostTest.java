package dev.flotilla.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.bus.Message;
import dev.flotilla.bus.Subscription;
import dev.flotilla.kernel.batch.BatchingPublisher;
import dev.flotilla.kernel.flags.Flags;
import dev.flotilla.kernel.http.HttpResponse;
import dev.flotilla.kernel.http.Routes;
import dev.flotilla.kernel.operation.Breakers;
import dev.flotilla.kernel.operation.BusCalls;
import dev.flotilla.kernel.operation.Operation;
import dev.flotilla.kernel.testing.FakeTime;
import dev.flotilla.kernel.testing.InMemoryBus;
import dev.flotilla.kernel.testing.TestFleet;
import dev.flotilla.kernel.wire.Encoding;
import dev.flotilla.kernel.wire.Wire;
import dev.flotilla.model.Agent;
import dev.flotilla.model.Launch;
import dev.flotilla.model.Messaging;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ServiceHostTest {
  record Settings(String greeting, int times) {}

  record Greet(String name) {}

  record Greeting(String text) {}

  private final List<String> life = Collections.synchronizedList(new ArrayList<>());
  private final AtomicReference<Health> health = new AtomicReference<>(Health.ok());
  private final InMemoryBus bus = new InMemoryBus();
  private final FakeTime time = new FakeTime();
  private final HttpClient client = HttpClient.newHttpClient();
  private final BusCalls calls =
      new BusCalls(bus, new Breakers(Messaging.Breaker.DEFAULT, time), time);
  private final ServiceHost host =
      new ServiceHost(
          new HostSettings(
              "fleet",
              "pc1",
              "core",
              Path.of("state"),
              new Messaging(
                  Duration.ofSeconds(1),
                  new Messaging.Breaker(2, Duration.ofMinutes(1), 1),
                  new Messaging.Batch(2, Duration.ofMillis(5)))),
          List.of(
              agent("greeter", "Greeter", Map.of("greeting", "Hello")),
              agent("mistyped", "Greeter", Map.of("greting", "Hello")),
              agent("broken", "Greeter", Map.of("greeting", "broken")),
              agent("unknown", "Nobody", Map.of())),
          Map.of(
              "Greeter",
              new ServiceFactory<>("Greeter", new Settings("Hi", 1), GreeterService::new)),
          bus,
          Flags.fixed(Map.of()),
          time,
          time);

  private final class GreeterService implements Service {
    private final Settings settings;
    private final ServiceContext context;
    private final BatchingPublisher batching;

    GreeterService(Settings settings, ServiceContext context) {
      this.settings = settings;
      this.context = context;
      this.batching = context.batching();
      context.keep(() -> life.add("close"));
      life.add("start " + context.agent());
      if (settings.greeting().equals("broken")) {
        throw new IllegalStateException("no voice");
      }
    }

    @Override
    public Health health() {
      return health.get();
    }

    @Override
    public List<Operation<?, ?>> operations() {
      return List.of(
          Operation.of(
              "greet",
              Greet.class,
              Greeting.class,
              greet -> new Greeting(settings.greeting() + " " + greet.name())),
          Operation.of("ask-broken", Operation.Nothing.class, Greeting.class, this::askBroken),
          Operation.of("publish", Operation.Nothing.class, Greeting.class, this::publish));
    }

    private Greeting askBroken(Operation.Nothing nothing) {
      return context.calls().call("Broken", "greet", nothing, Greeting.class);
    }

    private Greeting publish(Operation.Nothing nothing) {
      batching.publish(Message.of("flotilla.event.greeting", "hello"));
      return new Greeting("published");
    }

    @Override
    public void routes(Routes routes) {
      routes.get("/page", request -> HttpResponse.html("<h1>" + settings.greeting() + "</h1>"));
    }
  }

  @AfterEach
  void close() {
    host.close();
    client.close();
    assertThat(bus.subscriptions()).isZero();
    assertThat(time.pending()).isZero();
  }

  @Test
  void eachServiceStartsAloneAndSaysWhyItDoesNot() {
    HostStatus status = host.startAll();
    assertThat(status.agents())
        .extracting(hosted -> hosted.agent() + " " + hosted.state())
        .containsExactly("greeter RUNNING", "mistyped FAILED", "broken FAILED", "unknown FAILED");
    assertThat(status.agents().get(1).reason())
        .contains("fleet.yaml:3")
        .contains("unknown key \"greting\"")
        .contains("Did you mean \"greeting\"?");
    assertThat(status.agents().get(2).reason()).isEqualTo("no voice");
    assertThat(status.agents().get(3).reason()).contains("\"Nobody\"").contains("one of Greeter");
    assertThat(life).contains("start broken@pc1").containsOnlyOnce("close");
  }

  @Test
  void itIsStartedAndStoppedOverTheBus() {
    assertThat(state(operate("start", "greeter"))).isEqualTo(HostStatus.State.RUNNING);
    assertThat(state(operate("start", "greeter"))).isEqualTo(HostStatus.State.RUNNING);
    assertThat(greet("greeter")).isEqualTo("Hello greeter");
    assertThat(state(operate("stop", "greeter"))).isEqualTo(HostStatus.State.STOPPED);
    assertThat(life).containsExactly("start greeter@pc1", "close");
    assertThat(state(operate("start", "greeter"))).isEqualTo(HostStatus.State.RUNNING);
    JsonNode status = calls.call("host-core", "status", Map.of(), JsonNode.class);
    assertThat(status.path("agents").path(0).path("state").asText()).isEqualTo("running");
    assertThat(status.path("agents").path(0).path("health").asText()).isEqualTo("ok");
  }

  @Test
  void itTalksAsTheManifestSays() throws Exception {
    int port = operate("start", "greeter").agents().getFirst().port().orElseThrow();
    try (Subscription _ =
        bus.subscribe(
            "flotilla.op.Broken.greet",
            "Broken",
            request ->
                bus.publish(
                    Message.of(request.replyTo().orElseThrow(), "{}")
                        .withHeader("Nats-Service-Error", "hoarse")
                        .withHeader("Nats-Service-Error-Code", "500")))) {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> calls.call("Greeter", "ask-broken", Map.of(), Greeting.class))
            .hasMessageContaining("hoarse");
      }
    }
    assertThat(get(port, "/health/detail", 200)).contains("\"breakers\":{\"Broken\":\"open\"}");

    calls.call("Greeter", "publish", Map.of(), Greeting.class);
    assertThat(bus.published("flotilla.event.greeting")).isEmpty();
    calls.call("Greeter", "publish", Map.of(), Greeting.class);
    assertThat(bus.published("flotilla.event.greeting"))
        .singleElement()
        .satisfies(batch -> assertThat(batch.header("Flotilla-Batch")).contains("2"));
  }

  @Test
  void itsListenerTellsHealthMetricsAndOperations() throws Exception {
    int port = operate("start", "greeter").agents().getFirst().port().orElseThrow();
    assertThat(get(port, "/health", 200)).isEqualTo("{\"status\":\"ok\"}");
    health.set(Health.degraded("the voice is hoarse"));
    assertThat(get(port, "/health", 503))
        .isEqualTo("{\"status\":\"degraded\",\"reasons\":[\"the voice is hoarse\"]}");
    assertThat(get(port, "/ready", 503)).contains("degraded");
    health.set(Health.down("x", "y"));
    assertThat(get(port, "/health", 503)).contains("\"down\"", "[\"x\",\"y\"]");
    assertThat(get(port, "/health/detail", 200)).contains("\"bus\":\"connected\"", "\"breakers\"");
    assertThat(get(port, "/page", 200)).isEqualTo("<h1>Hello</h1>");
    assertThat(greet("x")).isEqualTo("Hello x");
    assertThat(get(port, "/metrics", 200))
        .contains(
            "flotilla_operation_requests_total{operation=\"greet\",outcome=\"ok\"} 1.0",
            "flotilla_bus_connected 1.0",
            "jvm_memory_used_bytes");
  }

  @Test
  void operationsAreAnsweredOverHttpInBothEncodings() throws Exception {
    int port = operate("start", "greeter").agents().getFirst().port().orElseThrow();
    for (Encoding encoding : Encoding.values()) {
      var response = post(port, encoding.write(new Greet("Zoë")), encoding.contentType());
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("Content-Type")).contains(encoding.contentType());
      assertThat(encoding.read(response.body(), Greeting.class).text()).isEqualTo("Hello Zoë");
    }
    assertThat(post(port, new byte[0], "text/csv").statusCode()).isEqualTo(415);
    var wrong = post(port, "{\"nam\":1}".getBytes(StandardCharsets.UTF_8), "application/json");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(Wire.read(wrong.body(), JsonNode.class).path("error").path("kind").asText())
        .isEqualTo("bad-request");
    JsonNode api =
        Wire.read(get(port, "/openapi.json", 200).getBytes(StandardCharsets.UTF_8), JsonNode.class);
    assertThat(api.path("openapi").asText()).isEqualTo("3.1.0");
    assertThat(api.path("paths").has("/operations/greet")).isTrue();
  }

  private HostStatus operate(String what, String agent) {
    return calls.call("host-core", what, new HostStatus.Which(agent), HostStatus.class);
  }

  private static HostStatus.State state(HostStatus status) {
    return status.agents().getFirst().state();
  }

  private String greet(String name) {
    return calls.call("Greeter", "greet", new Greet(name), Greeting.class).text();
  }

  private String get(int port, String path, int status) throws Exception {
    var response =
        client.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
            BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return response.body();
  }

  private java.net.http.HttpResponse<byte[]> post(int port, byte[] body, String type)
      throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/operations/greet"))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofByteArray());
  }

  private static Agent agent(String name, String service, Map<String, Object> config) {
    return TestFleet.service(name, new Launch.Service(service), config);
  }
}
