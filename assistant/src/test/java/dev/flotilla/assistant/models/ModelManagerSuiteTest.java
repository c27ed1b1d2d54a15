package dev.flotilla.assistant.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.assistant.models.gguf.GgufFile;
import dev.flotilla.kernel.HostSettings;
import dev.flotilla.kernel.HostStatus;
import dev.flotilla.kernel.ServiceHost;
import dev.flotilla.kernel.flags.Flags;
import dev.flotilla.kernel.fleet.FleetWatch;
import dev.flotilla.kernel.operation.Breakers;
import dev.flotilla.kernel.operation.BusCalls;
import dev.flotilla.kernel.testing.InMemoryBus;
import dev.flotilla.kernel.time.SystemTimers;
import dev.flotilla.kernel.wire.Wire;
import dev.flotilla.model.AgentState;
import dev.flotilla.model.Bytes;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Messaging;
import dev.flotilla.model.Result;
import dev.flotilla.model.manifest.LoadOptions;
import dev.flotilla.model.manifest.ManifestLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service with a node's cards and servers, as others see it over the bus. */
class ModelManagerSuiteTest {
  @TempDir Path state;
  private final InMemoryBus bus = new InMemoryBus();
  private final BusCalls calls =
      new BusCalls(
          bus, new Breakers(Messaging.Breaker.DEFAULT, Clock.systemUTC()), Clock.systemUTC());
  private final SystemTimers timers = new SystemTimers();
  private final AtomicReference<FakeNode> nodes = new AtomicReference<>();
  private final AtomicReference<ServiceHost> hosts = new AtomicReference<>();

  private void start(String manifest) {
    Fleet fleet = fleet(manifest);
    nodes.set(new FakeNode(bus, "pc", fleet, gib(24), gib(12)));
    host(fleet);
  }

  private void host(Fleet fleet) {
    ServiceHost host =
        new ServiceHost(
            new HostSettings("fleet", "pc", "core", state),
            fleet.agents().values().stream().filter(a -> a.id().name().equals("Models")).toList(),
            Map.of(ModelManagerSuite.NAME, ModelManagerSuite.factory(new FleetWatch())),
            bus,
            Flags.fixed(Map.of()),
            Clock.systemUTC(),
            timers);
    hosts.set(host);
    HostStatus.Hosted started = host.startAll().agents().getFirst();
    assertThat(started.state()).as(started.reason()).isEqualTo(HostStatus.State.RUNNING);
  }

  private Fleet fleet(String models) {
    String text =
        """
        fleet: fleet
        machines: {pc: {gpus: [{vram: 24GB}, {vram: 12GB}]}}
        agents:
          Models: {service: ModelManagerSuite, config: {patience: 1s, look: 100ms}}
          Vision: {command: sleep 100, limits: {vram: 6GB}, env: {CUDA_VISIBLE_DEVICES: '1'}}
        models:
        """
            + models.indent(2);
    Result<Fleet> read =
        ManifestLoader.load(
            "fleet.yaml", text.getBytes(StandardCharsets.UTF_8), state, LoadOptions.of(Map.of()));
    assertThat(read).isInstanceOf(Result.Ok.class);
    return ((Result.Ok<Fleet>) read).value();
  }

  private FakeNode node() {
    return nodes.get();
  }

  private static Bytes gib(double gibibytes) {
    return new Bytes(Math.round(gibibytes * (1L << 30)));
  }

  @AfterEach
  void stop() {
    hosts.get().close();
    node().close();
    timers.close();
  }

  private JsonNode call(String operation, Object request) {
    return calls
        .within(Duration.ofSeconds(20))
        .call(ModelManagerSuite.NAME, operation, request, JsonNode.class);
  }

  private JsonNode acquire(String model, String holder) {
    return call("acquire", Map.of("model", model, "holder", holder));
  }

  private JsonNode model(String name) {
    for (JsonNode each : call("models", Map.of()).path("models")) {
      if (each.path("model").asText().equals(name)) {
        return each;
      }
    }
    throw new AssertionError("no model " + name);
  }

  private List<String> told() {
    return bus.published("flotilla.event.model.*").stream()
        .map(
            m ->
                m.subject().replace("flotilla.event.model.", "")
                    + " "
                    + Wire.read(m.data(), JsonNode.class).path("model").asText())
        .toList();
  }

  @Test
  void aModelIsLoadedOnFirstDemandSharedAndLetGo() {
    start("small: {command: 'serve ${port}', vram: 3GB}");
    JsonNode first = acquire("small", "A");
    assertThat(first.path("card").asText())
        .as("the card it fits most tightly, less what Vision declares")
        .isEqualTo("pc/1");
    assertThat(first.path("baseUrl").asText()).matches("http://127.0.0.1:\\d+/v1");
    JsonNode second = acquire("small", "B");
    assertThat(second.path("address")).isEqualTo(first.path("address"));
    assertThat(model("small").path("leases").asInt()).isEqualTo(2);
    assertThatThrownBy(() -> call("unload", Map.of("model", "small")))
        .hasMessageContaining("in use by A, B");
    call("release", Map.of("lease", first.path("lease").asText()));
    node().announce("B", AgentState.FAILED, "ended");
    await().until(() -> model("small").path("leases").asInt() == 0);
    assertThat(call("unload", Map.of("model", "small")).path("state").asText()).isEqualTo("absent");
    assertThat(node().orders()).containsExactly("run small default on 1", "end small");
    assertThat(told())
        .containsExactly("loading small", "loaded small", "unloading small", "unloaded small");
  }

  @Test
  void roomIsMadeByTakingIdleModelsAwayAndWaitingForTheirMemory() {
    start(
        """
        a: {command: 'serve ${port}', vram: 18GB}
        b: {command: 'serve ${port}', vram: 17GB}
        """);
    node().takes("a", gib(18));
    node().takes("b", gib(17));
    node().returnsIn(400);
    String lease = acquire("a", "A").path("lease").asText();
    CompletableFuture<JsonNode> waiting = CompletableFuture.supplyAsync(() -> acquire("b", "B"));
    await().until(() -> model("b").path("waiting").asInt() == 1);
    assertThat(model("a").path("state").asText()).as("in use").isEqualTo("ready");
    call("release", Map.of("lease", lease));
    assertThat(waiting.join().path("card").asText()).isEqualTo("pc/0");
    assertThat(node().orders())
        .containsExactly("run a default on 0", "end a", "run b default on 0");
    assertThat(node().overcommitted()).isZero();
    assertThat(told()).contains("evicted a");
  }

  @Test
  void aSmallerVariantIsTakenWhereTheBetterDoesNotFit() {
    start("m: {command: 'serve ${port}', variants: {f16: {vram: 30GB}, int8: {vram: 15GB}}}");
    assertThat(acquire("m", "A").path("variant").asText()).isEqualTo("int8");
  }

  @Test
  void whatCannotFitIsRefusedWithTheArithmetic() {
    start("m: {command: 'serve ${port}', vram: 30GB}");
    assertThatThrownBy(() -> acquire("m", "A"))
        .hasMessageContaining("m does not fit")
        .hasMessageContaining("30 GiB declared")
        .hasMessageContaining("on pc/1")
        .hasMessageContaining("less 6 GiB taken by others");
    assertThatThrownBy(() -> call("load", Map.of("model", "m")))
        .hasMessageContaining("m does not fit");
  }

  @Test
  void anUnknownModelIsRefusedWithTheNearest() {
    start("whisper: {command: 'serve ${port}', vram: 3GB}");
    assertThatThrownBy(() -> acquire("wisper", "A"))
        .hasMessageContaining("no model \"wisper\"")
        .hasMessageContaining("Did you mean whisper?");
  }

  @Test
  void aServerThatEndsIsSaidAndTriedAgain() {
    start("m: {command: 'serve ${port}', vram: 3GB}");
    node().ends("exit 3: CUDA out of memory");
    assertThatThrownBy(() -> acquire("m", "A"))
        .hasMessageContaining("could not be loaded: exit 3: CUDA out of memory")
        .hasMessageContaining("flotilla logs model-m");
    node().ends("");
    String lease = acquire("m", "A").path("lease").asText();
    node().dies("m");
    await().until(() -> model("m").path("state").asText().equals("failed"));
    assertThatThrownBy(() -> call("renew", Map.of("lease", lease)))
        .hasMessageContaining("no lease");
    assertThat(acquire("m", "A").path("address").asText()).startsWith("http");
    assertThat(told()).contains("failed m");
  }

  @Test
  void aServerThatNeverServesIsEnded() {
    start("m: {command: 'serve ${port}', vram: 3GB, load_timeout: 300ms}");
    node().loadsIn(60_000);
    assertThatThrownBy(() -> acquire("m", "A")).hasMessageContaining("did not serve in the time");
    assertThat(node().orders()).containsExactly("run m default on 1", "end m");
  }

  @Test
  void whoWaitsTooLongIsToldAndLeavesNoLeaseBehind() {
    start("m: {command: 'serve ${port}', vram: 3GB}");
    node().loadsIn(700);
    assertThatThrownBy(
            () ->
                calls
                    .within(Duration.ofMillis(400))
                    .call(
                        ModelManagerSuite.NAME,
                        "acquire",
                        Map.of("model", "m", "holder", "A"),
                        JsonNode.class))
        .hasMessageContaining("m is loading and 1 wait for it");
    await().until(() -> model("m").path("state").asText().equals("ready"));
    assertThat(model("m").path("leases").asInt()).isZero();
  }

  @Test
  void whoLeavesLeavesNoPlaceInTheQueueBehind() throws Exception {
    start(
        """
        a: {command: 'serve ${port}', vram: 18GB}
        b: {command: 'serve ${port}', vram: 17GB}
        """);
    acquire("a", "A");
    Thread impatient = Thread.ofVirtual().start(() -> assertThatThrownBy(() -> acquire("b", "B")));
    await().until(() -> model("b").path("waiting").asInt() == 1);
    await().until(() -> !bus.published("flotilla.call.*").isEmpty());
    impatient.interrupt();
    await().until(() -> model("b").path("waiting").asInt() == 0);
    impatient.join();
  }

  @Test
  void strangersAreSeenAndMadeRoomFor() {
    start("m: {command: 'serve ${port}', vram: 10GB, cards: [0]}");
    node().takes("m", gib(10));
    call("release", Map.of("lease", acquire("m", "A").path("lease").asText()));
    node().stranger(0, gib(14));
    await().until(() -> model("m").path("state").asText().equals("absent"));
    assertThat(told()).contains("evicted m");
    assertThatThrownBy(() -> acquire("m", "A")).hasMessageContaining("14 GiB taken by others");
  }

  @Test
  void whatWasSeenOnTheCardCorrectsTheEstimate() {
    start("m: {command: 'serve ${port}', vram: 3GB, cards: [0]}");
    node().takes("m", gib(4.5));
    acquire("m", "A");
    assertThat(model("m").path("held").asLong()).isEqualTo(gib(4.5).count());
    JsonNode estimate = call("estimate", Map.of("model", "m")).path("estimates").get(0);
    assertThat(estimate.path("arithmetic").asText()).contains("× 1.50 measured = 4.5 GiB");
  }

  @Test
  void preloadedModelsAreThereBeforeAnybodyAsks() {
    start("base: {command: 'serve ${port}', vram: 3GB, preload: true}");
    await().until(() -> model("base").path("state").asText().equals("ready"));
  }

  @Test
  void aServiceThatStartsAnewTakesItsServersOver() {
    start("m: {command: 'serve ${port}', vram: 3GB}");
    JsonNode before = acquire("m", "A");
    hosts.get().close();
    host(fleet("m: {command: 'serve ${port}', vram: 3GB}"));
    await().until(() -> model("m").path("state").asText().equals("ready"));
    assertThat(
            call("renew", Map.of("lease", before.path("lease").asText(), "holder", "A"))
                .path("lease"))
        .isEqualTo(before.path("lease"));
    assertThat(acquire("m", "B").path("address")).isEqualTo(before.path("address"));
    assertThat(node().orders()).containsExactly("run m default on 1");
  }

  @Test
  void whatIsToBePreloadedAndStillServesIsNotLoadedAgain() {
    String models = "base: {command: 'serve ${port}', vram: 3GB, preload: true}";
    start(models);
    await().until(() -> model("base").path("state").asText().equals("ready"));
    String address = model("base").path("address").asText();
    hosts.get().close();
    host(fleet(models));
    assertThat(model("base").path("state").asText()).isIn("unknown", "ready");
    assertThat(acquire("base", "A").path("address").asText()).isEqualTo(address);
    assertThat(node().orders()).containsExactly("run base default on 1");
  }

  @Test
  void filesAreEstimatedAndBadOnesSaidSo() throws Exception {
    GgufFile.llama(32, 32, 8, 4096, 14336, 128256, 2).write(state.resolve("big.gguf"));
    Files.write(state.resolve("cut.gguf"), GgufFile.llama(2, 2, 2, 64, 64, 64, 0).bytes());
    try (var file =
        java.nio.channels.FileChannel.open(
            state.resolve("cut.gguf"), java.nio.file.StandardOpenOption.WRITE)) {
      file.truncate(100);
    }
    start(
        """
        big: {source: big.gguf, engine: llama-server}
        cut: {source: cut.gguf, engine: llama-server}
        none: {source: none.gguf, engine: llama-server}
        """);
    JsonNode fits = call("estimate", Map.of("model", "big", "context", 8192)).path("estimates");
    assertThat(fits.get(0).path("arithmetic").asText()).contains("weights", "1 GiB cache");
    assertThat(fits.get(0).path("fitsNow").asBoolean()).isTrue();
    assertThatThrownBy(() -> acquire("cut", "A"))
        .hasMessageContaining("cut.gguf says it holds 16 tensors, which its 100 bytes cannot");
    assertThatThrownBy(() -> acquire("none", "A")).hasMessageContaining("there is no file");
    assertThatThrownBy(() -> call("estimate", Map.of("file", state.resolve("cut.gguf").toString())))
        .hasMessageContaining("which its 100 bytes cannot");
    assertThatThrownBy(() -> call("estimate", Map.of()))
        .hasMessageContaining("neither model nor file");
  }

  @Test
  void whoCannotBeServedAtOnceStillIsHoweverManyCome() {
    start(
        """
        a: {command: 'serve ${port}', vram: 18GB}
        b: {command: 'serve ${port}', vram: 17GB}
        """);
    String lease = acquire("a", "A").path("lease").asText();
    CompletableFuture<JsonNode> waiting = CompletableFuture.supplyAsync(() -> acquire("b", "B"));
    long until = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!waiting.isDone() && System.nanoTime() < until) {
      CompletableFuture<JsonNode> next = CompletableFuture.supplyAsync(() -> acquire("a", "A"));
      await().until(() -> next.isDone() || model("a").path("waiting").asInt() == 1);
      call("release", Map.of("lease", lease));
      CompletableFuture.anyOf(next, waiting).join();
      if (!next.isDone()) {
        call("release", Map.of("lease", waiting.join().path("lease").asText()));
      }
      lease = next.join().path("lease").asText();
    }
    assertThat(waiting).isDone();
  }
}
