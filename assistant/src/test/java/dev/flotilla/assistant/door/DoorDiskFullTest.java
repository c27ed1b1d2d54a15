package dev.flotilla.assistant.door;

import static dev.flotilla.assistant.door.DoorSetup.json;
import static dev.flotilla.assistant.door.DoorSetup.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flotilla.kernel.testing.SmallDisk;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The door where no byte of its state can be written: it answers, says so, and loses nothing. */
@Tag("external")
final class DoorDiskFullTest {
  @TempDir Path place;
  private SmallDisk disk;

  @BeforeEach
  void mount() throws IOException, InterruptedException {
    disk = SmallDisk.mount(place.resolve("small"), 256);
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    if (disk != null) {
      disk.unmount();
    }
  }

  private static HttpResponse<String> create(DoorSetup door, String name, String owner) {
    return door.post(
        "/keys",
        "{\"name\":\"%s\",\"tokens\":100}".formatted(name),
        "Authorization",
        "Bearer " + owner);
  }

  @Test
  void budgetsHoldKeysAreKeptAndNothingIsLost() throws IOException {
    ScriptedUpstream upstream = new ScriptedUpstream();
    String router =
        "targets:\n  up: {url: '%s'}\ntasks:\n  all: {target: up}\n".formatted(upstream.url());
    try (upstream;
        DoorSetup door = new DoorSetup(disk.root(), router, "requireKey: true")) {
      String owner = Files.readString(disk.root().resolve("door/owner.key"));
      String secret = json(create(door, "kept", owner)).path("secret").asText();
      String[] key = {"Authorization", "Bearer " + secret};
      disk.fill();

      HttpResponse<String> refused = create(door, "refused", owner);
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
      assertThat(refused.body()).contains("No space left");
      assertThat(json(door.get("/keys", "Authorization", "Bearer " + owner)).path("keys"))
          .hasSize(1);
      for (int i = 0; i < 9; i++) {
        assertThat(said(door.chat("up", "x", key))).isEqualTo("hello");
      }
      assertThat(door.get("/ready").body()).contains("what keys used cannot be written");
      disk.free();
      assertThat(said(door.chat("up", "x", key))).isEqualTo("hello");
      assertThat(door.chat("up", "x", key).statusCode()).isEqualTo(429);
      await().until(() -> !door.get("/ready").body().contains("cannot be written"));
      assertThat(create(door, "later", owner).statusCode()).isEqualTo(200);
      door.restart();
      assertThat(door.chat("up", "x", key).statusCode()).isEqualTo(429);
      assertThat(
              json(door.get("/keys", "Authorization", "Bearer " + owner))
                  .path("keys")
                  .findValuesAsText("name"))
          .containsExactly("kept", "later");
    }
  }
}
