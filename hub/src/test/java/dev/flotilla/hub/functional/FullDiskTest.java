package dev.flotilla.hub.functional;

import static dev.flotilla.kernel.testing.TestFleet.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.hub.registry.ServiceRegistry;
import dev.flotilla.hub.twin.SystemDigitalTwin;
import dev.flotilla.kernel.flags.FlagStore;
import dev.flotilla.kernel.testing.FakeTime;
import dev.flotilla.kernel.testing.InMemoryBus;
import dev.flotilla.kernel.testing.SmallDisk;
import dev.flotilla.kernel.testing.TestFleet;
import dev.flotilla.model.AgentState;
import dev.flotilla.model.Flag;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Registry, twin and flags where no byte is left: they say so, go on, and lose nothing. */
@Tag("external")
final class FullDiskTest {
  @TempDir Path place;
  private SmallDisk disk;

  @BeforeEach
  void mount() throws IOException, InterruptedException {
    disk = SmallDisk.mount(place.resolve("small"), 512);
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    if (disk != null) {
      disk.unmount();
    }
  }

  @Test
  void theFoundationSaysItGoesOnAndLosesNothing() throws IOException {
    try (Foundation foundation =
        new Foundation(
            disk.root(), new TestFleet().machine("pc1", "127.0.0.1", 0).agent("A", 1).build())) {
      foundation.node().say(status("A", AgentState.HEALTHY));
      await().untilAsserted(() -> assertThat(state(foundation)).isEqualTo("healthy"));
      register(foundation, "Kept");
      disk.fill();

      assertThatThrownBy(() -> register(foundation, "Refused"))
          .hasMessageContaining("the registration cannot be written down")
          .hasMessageContaining("No space left");
      assertThat(foundation.get(ServiceRegistry.NAME, "/ready").body())
          .contains("registrations cannot be written");
      assertThat(found(foundation, "Kept")).isOne();
      assertThat(found(foundation, "Refused")).isZero();
      foundation.node().say(status("A", AgentState.FAILED));
      await().untilAsserted(() -> assertThat(state(foundation)).isEqualTo("failed"));

      disk.free();
      register(foundation, "Later");
      assertThat(foundation.get(ServiceRegistry.NAME, "/ready").body())
          .doesNotContain("cannot be written");
      foundation.restart();
      assertThat(found(foundation, "Kept")).isOne();
      assertThat(found(foundation, "Later")).isOne();
      assertThat(found(foundation, "Refused")).isZero();
    }
  }

  @Test
  void aFlagThatCannotBeKeptIsNotChanged() throws IOException {
    Map<String, Flag> flags =
        Map.of(
            "memory", new Flag("memory", "", Map.of("on", true, "off", false), "off", List.of()));
    InMemoryBus bus = new InMemoryBus();
    FakeTime time = new FakeTime();
    try (FlagStore store = FlagStore.open(disk.root(), flags, bus, time)) {
      store.set("memory", "10%", "anna", "");
      disk.fill();
      assertThatThrownBy(() -> set(store, "50%"))
          .hasMessageContaining("No space left")
          .hasMessageContaining("Nothing was changed");
      assertThat(store.get("memory").setting()).isEqualTo("10%");
      disk.free();
      set(store, "20%");
    }
    try (FlagStore store = FlagStore.open(disk.root(), flags, bus, time)) {
      assertThat(store.get("memory").setting()).isEqualTo("20%");
      assertThat(store.history("memory")).extracting(c -> c.to()).startsWith("10%").endsWith("20%");
    }
  }

  /** With a reason so long that it fits into no page that is half used. */
  private static void set(FlagStore store, String setting) {
    store.set("memory", setting, "anna", "r".repeat(8192));
  }

  private static void register(Foundation foundation, String name) {
    ask(
        foundation,
        ServiceRegistry.NAME,
        "register",
        Map.of(
            "name",
            name,
            "instance",
            "one",
            "lease",
            600,
            "ports",
            Map.of("main", 5562),
            "metadata",
            notes()));
  }

  /** More than fits into what is left of a page. */
  private static Map<String, String> notes() {
    Map<String, String> notes = new TreeMap<>();
    for (int i = 0; i < 20; i++) {
      notes.put("note" + i, "n".repeat(250));
    }
    return notes;
  }

  private static int found(Foundation foundation, String name) {
    return ask(foundation, ServiceRegistry.NAME, "discover", Map.of("name", name))
        .path("instances")
        .size();
  }

  private static String state(Foundation foundation) {
    return ask(foundation, SystemDigitalTwin.NAME, "state", Map.of("agent", "A"))
        .at("/observed/state")
        .asText();
  }

  private static JsonNode ask(
      Foundation foundation, String service, String operation, Map<String, Object> with) {
    return foundation.calls().call(service, operation, with, JsonNode.class);
  }
}
