package dev.flotilla.assistant.door;

import static dev.flotilla.assistant.door.DoorSetup.json;
import static dev.flotilla.assistant.door.DoorSetup.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
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
  private Path small;

  @BeforeEach
  void mount() throws IOException, InterruptedException {
    small = Files.createDirectories(place.resolve("small"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", small.toString()) == 0,
        "a small file system can be mounted by root only");
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    run("umount", small.toString());
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
  }

  private void fill() throws IOException {
    try (OutputStream out = Files.newOutputStream(small.resolve("filler"))) {
      while (true) {
        out.write(new byte[64]);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
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
        DoorSetup door = new DoorSetup(small, router, "requireKey: true")) {
      String owner = Files.readString(small.resolve("door/owner.key"));
      String secret = json(create(door, "kept", owner)).path("secret").asText();
      String[] key = {"Authorization", "Bearer " + secret};
      fill();

      HttpResponse<String> refused = create(door, "refused", owner);
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
      assertThat(refused.body()).contains("No space left");
      assertThat(json(door.get("/keys", "Authorization", "Bearer " + owner)).path("keys"))
          .hasSize(1);
      for (int i = 0; i < 9; i++) {
        assertThat(said(door.chat("up", "x", key))).isEqualTo("hello");
      }
      assertThat(door.get("/ready").body()).contains("what keys used cannot be written");
      Files.delete(small.resolve("filler"));
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
