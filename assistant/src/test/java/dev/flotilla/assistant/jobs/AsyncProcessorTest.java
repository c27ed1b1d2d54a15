package dev.flotilla.assistant.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.kernel.HostSettings;
import dev.flotilla.kernel.HostStatus;
import dev.flotilla.kernel.ServiceHost;
import dev.flotilla.kernel.failure.OperationException;
import dev.flotilla.kernel.flags.Flags;
import dev.flotilla.kernel.operation.BreakerSettings;
import dev.flotilla.kernel.operation.Breakers;
import dev.flotilla.kernel.operation.BusCalls;
import dev.flotilla.kernel.testing.FakeTime;
import dev.flotilla.kernel.testing.InMemoryBus;
import dev.flotilla.kernel.wire.Wire;
import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Launch;
import dev.flotilla.model.Limits;
import dev.flotilla.model.Position;
import dev.flotilla.model.Restart;
import dev.flotilla.model.StopPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service as others see it, over the bus. */
class AsyncProcessorTest {
  @TempDir Path state;
  private final InMemoryBus bus = new InMemoryBus();
  private final FakeTime time = new FakeTime();
  private final BusCalls calls =
      new BusCalls(bus, new Breakers(BreakerSettings.DEFAULT, time), time);
  private final List<String> events = Collections.synchronizedList(new ArrayList<>());
  private ServiceHost host;

  @BeforeEach
  void start() {
    host =
        new ServiceHost(
            new HostSettings("fleet", "pc1", "core", state),
            List.of(agent()),
            Map.of(AsyncProcessor.NAME, AsyncProcessor.factory()),
            bus,
            Flags.fixed(Map.of()),
            time,
            time);
    HostStatus status = host.startAll();
    assertThat(status.agents().getFirst().state()).isEqualTo(HostStatus.State.RUNNING);
    var _ =
        bus.subscribe(
            "flotilla.event.job.>",
            "",
            m -> events.add(Wire.read(m.data(), JsonNode.class).path("state").asText()));
  }

  @AfterEach
  void stop() {
    host.close();
  }

  private static Agent agent() {
    return new Agent(
        new AgentId("AsyncProcessor", "pc1"),
        "core",
        Optional.empty(),
        new Launch.Service(AsyncProcessor.NAME),
        Map.of(Agent.MAIN_PORT, 0),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Limits.NONE,
        Restart.DEFAULT,
        StopPolicy.DEFAULT,
        true,
        false,
        Map.of(),
        Map.of("limits", Map.of("mail", 2)),
        Optional.empty(),
        new Position("fleet.yaml", 3, 1));
  }

  private JsonNode call(String operation, Object request) {
    return calls.call(AsyncProcessor.NAME, operation, request, JsonNode.class);
  }

  private JsonNode submit(String payload) {
    return call(
            "submit",
            Map.of("jobs", List.of(Map.of("kind", "mail", "payload", payload, "backoff", 1))))
        .path("jobs")
        .path(0);
  }

  private JsonNode claim() {
    return call("claim", Map.of("kinds", List.of("mail"), "worker", "w1", "most", 5))
        .path("leases");
  }

  @Test
  void aJobGoesFromSubmissionToItsResult() {
    String id = submit("hello").path("id").asText();
    JsonNode lease = claim().path(0);
    assertThat(lease.path("job").path("payload").asText()).isEqualTo("hello");
    String token = lease.path("token").asText();
    JsonNode done =
        call("complete", Map.of("id", id, "token", token, "result", "sent")).path("job");
    assertThat(done.path("state").asText()).isEqualTo("done");
    assertThat(call("get", Map.of("id", id)).path("job").path("result").asText()).isEqualTo("sent");
    assertThat(events).containsExactly("queued", "running", "done");
    assertThat(call("counts", Map.of()).path("kinds").path("mail").path("done").asInt())
        .isEqualTo(1);
  }

  @Test
  void theLimitOfTheManifestHolds() {
    for (int i = 0; i < 4; i++) {
      submit("x" + i);
    }
    assertThat(claim()).hasSize(2);
    assertThat(claim()).isEmpty();
  }

  @Test
  void aDeadWorkersJobComesBackByItself() {
    String id = submit("x").path("id").asText();
    assertThat(claim()).hasSize(1);
    time.advance(Duration.ofSeconds(35));
    assertThat(call("get", Map.of("id", id)).path("job").path("state").asText())
        .isEqualTo("queued");
    assertThat(claim()).hasSize(1);
  }

  @Test
  void mistakesAreToldWithWhatToDo() {
    assertThatThrownBy(() -> call("get", Map.of("id", "j0")))
        .isInstanceOf(OperationException.class)
        .hasMessageContaining("there is no job j0");
    assertThatThrownBy(
            () -> call("submit", Map.of("jobs", List.of(Map.of("kind", "a b", "payload", 1)))))
        .hasMessageContaining("jobs[0].kind")
        .hasMessageContaining("letters, digits");
    assertThatThrownBy(
            () ->
                call(
                    "put-schedule",
                    Map.of("name", "n", "kind", "k", "payload", 1, "cron", "99 * * * *")))
        .hasMessageContaining("cron")
        .hasMessageContaining("0 6 * * 1-5");
    String id = submit("x").path("id").asText();
    assertThatThrownBy(() -> call("complete", Map.of("id", id, "token", "wrong", "result", 1)))
        .isInstanceOf(OperationException.class)
        .hasMessageContaining("not held by this lease");
  }
}
