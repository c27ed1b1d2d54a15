package dev.flotilla.kernel.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.bus.Message;
import dev.flotilla.kernel.metrics.Metrics;
import dev.flotilla.kernel.operation.Breakers;
import dev.flotilla.kernel.operation.BusCalls;
import dev.flotilla.kernel.operation.Calls;
import dev.flotilla.kernel.operation.Dispatcher;
import dev.flotilla.kernel.operation.Operation;
import dev.flotilla.kernel.operation.OperationMetrics;
import dev.flotilla.kernel.operation.OperationServer;
import dev.flotilla.kernel.testing.FakeTime;
import dev.flotilla.kernel.testing.InMemoryBus;
import dev.flotilla.kernel.wire.Wire;
import dev.flotilla.model.Flag;
import dev.flotilla.model.Messaging;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FlagStoreTest {
  private static final Flag MEMORY =
      new Flag("memory", "", Map.of("on", true, "off", false), "off", List.of());
  private static final Flag MODEL =
      new Flag("model", "", Map.of("a", "small", "b", 7), "a", List.of());
  private static final Map<String, Flag> FLAGS = Map.of("memory", MEMORY, "model", MODEL);

  @TempDir Path state;
  private final InMemoryBus bus = new InMemoryBus();
  private final FakeTime time = new FakeTime();
  private final Calls calls =
      new BusCalls(bus, new Breakers(Messaging.Breaker.DEFAULT, time), time);

  private FlagStore open(Map<String, Flag> flags) throws IOException {
    return FlagStore.open(state, flags, bus, time);
  }

  private OperationServer serve(FlagStore store) {
    return OperationServer.start(
        bus,
        new Dispatcher(
            FlagOperations.SERVICE,
            FlagOperations.of(store),
            time,
            new OperationMetrics(new Metrics())),
        "1.0.0",
        "one",
        time);
  }

  @Test
  void aChangeIsKeptOverARestartWithItsHistory() throws IOException {
    try (FlagStore store = open(FLAGS)) {
      store.set("memory", "10%", "anna", "try it");
      time.advance(Duration.ofHours(1));
      store.set("memory", "50%", "ben", "");
    }
    try (FlagStore store = open(FLAGS)) {
      assertThat(store.get("memory").setting()).isEqualTo("50%");
      assertThat(store.get("memory").changed()).isTrue();
      assertThat(store.get("model").changed()).isFalse();
      assertThat(store.history("memory"))
          .extracting(c -> c.who() + " " + c.from() + " " + c.to() + " " + c.reason())
          .containsExactly("anna off 10% try it", "ben 10% 50% ");
      assertThat(store.history("memory").getLast().when()).isEqualTo(time.instant());
      store.set("memory", "manifest", "anna", "enough");
      assertThat(store.get("memory").setting()).isEqualTo("off");
    }
    try (FlagStore store = open(FLAGS)) {
      assertThat(store.get("memory").changed()).isFalse();
      assertThat(store.history("memory")).hasSize(3);
    }
    assertThat(Files.readString(state.resolve("flags.json"))).contains("\"memory\" : \"off\"");
  }

  @Test
  void aKillAtAnyByteOfTheHistoryLosesNoEarlierChange() throws IOException {
    try (FlagStore store = open(FLAGS)) {
      store.set("memory", "10%", "anna", "");
      store.set("memory", "on", "anna", "");
    }
    Path history = state.resolve("flags.history");
    byte[] whole = Files.readAllBytes(history);
    int first = new String(whole, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf('\n') + 1;
    for (int cut = first; cut < whole.length; cut += 7) {
      Files.write(history, java.util.Arrays.copyOf(whole, cut));
      try (FlagStore store = open(FLAGS)) {
        assertThat(store.get("memory").setting()).isEqualTo("10%");
      }
    }
  }

  @Test
  void aChangedManifestKeepsWhatStillFits() throws IOException {
    try (FlagStore store = open(FLAGS)) {
      store.set("memory", "10%", "anna", "");
      store.set("model", "b", "anna", "");
      store.define(
          Map.of("memory", MEMORY, "model", new Flag("model", "", Map.of("a", 1), "a", List.of())));
      assertThat(store.get("memory").setting()).isEqualTo("10%");
      assertThat(store.get("model").setting()).isEqualTo("a");
      assertThatThrownBy(() -> store.get("gone"))
          .hasMessageContaining("no flag \"gone\"")
          .hasMessageContaining("memory");
    }
  }

  @Test
  void everyChangeIsToldAndServed() throws IOException {
    try (FlagStore store = open(FLAGS);
        OperationServer server = serve(store)) {
      assertThat(server).isNotNull();
      FlagChange change =
          calls.call(
              "flags",
              "set",
              new FlagOperations.Setting("memory", "10%", Optional.of("anna"), Optional.empty()),
              FlagChange.class);
      assertThat(change.now().split()).containsExactly(new Flag.Share("on", 10));
      List<Message> events = bus.published("flotilla.event.flag.memory");
      assertThat(events).hasSize(1);
      assertThat(Wire.read(events.getFirst().data(), FlagChange.class)).isEqualTo(change);
      assertThat(
              calls
                  .call(
                      "flags",
                      "history",
                      new FlagOperations.Which("memory"),
                      FlagOperations.History.class)
                  .changes())
          .containsExactly(change);
      assertThat(
              calls
                  .call("flags", "list", new Operation.Nothing(), FlagOperations.Listing.class)
                  .flags())
          .hasSize(2);
      assertThatThrownBy(
              () ->
                  calls.call(
                      "flags",
                      "set",
                      new FlagOperations.Setting(
                          "memory", "loud", Optional.empty(), Optional.empty()),
                      FlagChange.class))
          .hasMessageContaining("to: \"loud\"");
    }
  }

  @Test
  void aClientFollowsByEventsAndByListing() throws IOException {
    try (FlagStore store = open(FLAGS)) {
      FlagClient client;
      try (OperationServer server = serve(store)) {
        assertThat(server).isNotNull();
        client = new FlagClient(bus, calls, time, Map.of());
        assertThat(client.enabled("memory", "anna")).isFalse();
        store.set("memory", "on", "anna", "");
        assertThat(client.enabled("memory", "anna")).isTrue();
        bus.connected(false);
        store.set("memory", "off", "anna", "the event is lost");
        assertThat(client.enabled("memory", "anna")).isTrue();
        bus.connected(true);
        time.advance(Duration.ofSeconds(10));
        assertThat(client.enabled("memory", "anna")).isFalse();
      }
      time.advance(Duration.ofSeconds(30));
      assertThat(client.all()).hasSize(2);
      client.close();
    }
    assertThat(bus.subscriptions()).isZero();
    assertThat(time.pending()).isZero();
  }

  @Test
  void aChangeThatCannotBeKeptIsNotMade() throws IOException {
    FlagStore store = open(FLAGS);
    store.close();
    assertThatThrownBy(() -> store.set("memory", "on", "anna", ""))
        .hasMessageContaining("could not be written");
    assertThat(store.get("memory").setting()).isEqualTo("off");
    assertThat(bus.published("flotilla.event.>")).isEmpty();
  }

  @Test
  void openFeatureSeesTheSame() throws Exception {
    try (FlagStore store = open(FLAGS)) {
      store.set("memory", "50%", "anna", "");
      OpenFeatureAPI api = OpenFeatureAPI.createIsolated();
      api.setProviderAndWait(new FlagProvider(store));
      var client = api.getClient();
      for (String key : List.of("a", "b", "c", "d", "e", "f")) {
        assertThat(client.getBooleanValue("memory", false, new ImmutableContext(key)))
            .isEqualTo(store.enabled("memory", key));
      }
      assertThat(client.getStringValue("model", "?")).isEqualTo("small");
      assertThat(client.getStringDetails("model", "?").getVariant()).isEqualTo("a");
      assertThat(client.getBooleanValue("model", true)).isTrue();
      assertThat(client.getBooleanDetails("gone", true).getErrorCode().name())
          .isEqualTo("FLAG_NOT_FOUND");
      store.set("model", "b", "anna", "");
      assertThat(client.getIntegerValue("model", 0)).isEqualTo(7);
      assertThat(client.getDoubleValue("model", 0.0)).isEqualTo(7.0);
      api.shutdown();
    }
  }
}
