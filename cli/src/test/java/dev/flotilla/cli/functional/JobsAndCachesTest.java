package dev.flotilla.cli.functional;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.cli.Run;
import dev.flotilla.model.Json;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code flotilla jobs} and {@code flotilla cache} in a fleet that runs. */
@Tag("slow")
class JobsAndCachesTest {
  @TempDir static Path directory;

  @BeforeAll
  static void up() throws IOException {
    Files.writeString(
        directory.resolve("fleet.yaml"),
        """
        fleet: work
        agents:
          AsyncProcessor: {service: AsyncProcessor, port: %d}
          CacheManager: {service: CacheManager, port: %d, config: {caches: {prompts: {}}}}
        """
            .formatted(freePort(), freePort()));
    Run up = run("up");
    assertThat(up.code()).as(up.out() + up.err()).isZero();
  }

  @AfterAll
  static void down() {
    assertThat(run("down").code()).isZero();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static Run run(String... words) {
    return Run.in(
        directory,
        Map.of("FLOTILLA_HOME", directory.resolve("state").toString(), "PATH", "/usr/bin:/bin"),
        words);
  }

  private static String said(String... words) {
    Run run = run(words);
    assertThat(run.code()).as(run.out() + run.err()).isZero();
    return run.out();
  }

  private static JsonNode json(String... words) throws IOException {
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--json");
    return Json.mapper().readTree(said(all.toArray(String[]::new)));
  }

  private static void refused(String why, String... words) {
    Run run = run(words);
    assertThat(run.code()).isNotZero();
    assertThat(run.err()).contains(why).contains("to do:").doesNotContain("Exception");
  }

  @Test
  void jobsAreSubmittedCountedCalledOffAndReplayed() throws IOException {
    assertThat(said("jobs", "list", "--kind", "none")).contains("There are no such jobs.");
    String id =
        json("jobs", "submit", "mail", "{\"to\":\"ann\"}", "--key", "ann").path("id").asText();
    assertThat(json("jobs", "submit", "mail", "--key", "ann").path("id").asText()).isEqualTo(id);
    said("jobs", "submit", "mail", "--after", id);
    assertThat(said("jobs", "list", "--kind", "mail")).contains("waits for " + id);
    assertThat(said("jobs", "list", "--kind", "mail", "--most", "1")).contains("The newest 1");
    assertThat(said("jobs", "show", id)).contains("ann");
    assertThat(json("jobs", "counts").at("/kinds/mail/blocked").asInt()).isEqualTo(1);
    assertThat(said("jobs", "cancel", "--kind", "mail")).contains("2 jobs called off.");
    assertThat(json("jobs", "replay", "--kind", "mail", "--state", "cancelled").path("changed"))
        .hasToString("2");
    assertThat(said("jobs", "cancel", id)).contains("cancelled").contains("called off");
    assertThat(run("jobs", "watch", id).code()).isEqualTo(1);
  }

  @Test
  void schedulesComeAndGo() {
    assertThat(said("jobs", "schedule", "daily", "scan", "0 6 * * *", "--zone", "Asia/Manila"))
        .contains("Asia/Manila")
        .contains("06:00");
    assertThat(said("jobs", "schedules")).contains("daily");
    assertThat(said("jobs", "unschedule", "daily")).contains("taken away");
    assertThat(said("jobs", "schedules")).contains("There are no schedules.");
  }

  @Test
  void mistakesAreToldInWords() {
    refused("there is no job nope", "jobs", "show", "nope");
    refused("there is no job nope", "jobs", "watch", "nope");
    refused("jobs[0].kind", "jobs", "submit", "a b");
    refused("payload that is not JSON", "jobs", "submit", "a", "{");
    refused("state", "jobs", "list", "--state", "sleepy");
    refused("--most 0", "jobs", "list", "--most", "0");
    refused("no job", "jobs", "cancel");
    refused("no job", "jobs", "replay", "--state", "dead");
    refused("cron", "jobs", "schedule", "bad", "scan", "0 6 *");
    refused("no schedule", "jobs", "unschedule", "nope");
    refused("there is no cache \"promts\"", "cache", "get", "promts", "a");
    refused("nothing to end", "cache", "invalidate", "prompts");
    refused("value that is not JSON", "cache", "put", "prompts", "a", "{");
    refused("the fleet \"work\" runs without ModelManagerSuite", "models");
    refused("jobs submit without KIND", "jobs", "submit");
    refused("--ttl", "cache", "put", "prompts", "a", "1", "--ttl", "-1");
  }

  @Test
  void entriesArePutFoundAndEnded() throws IOException {
    assertThat(run("cache", "get", "prompts", "a").code()).isEqualTo(1);
    assertThat(run("cache", "get", "prompts", "a").out()).contains("Nothing is known of a.");
    said("cache", "put", "prompts", "a", "{\"text\":\"x\"}", "--tag", "m");
    assertThat(json("cache", "get", "prompts", "a").at("/value/text").asText()).isEqualTo("x");
    said("cache", "put", "prompts", "none", "null", "--ttl", "60");
    assertThat(said("cache", "get", "prompts", "none")).contains("known that there is none");
    assertThat(said("cache", "invalidate", "prompts", "--tag", "m")).contains("1 entry ended");
    assertThat(run("cache", "get", "prompts", "a").code()).isEqualTo(1);
    assertThat(said("cache")).contains("prompts").contains("ENTRIES");
    assertThat(json("cache").at("/caches/0/hits").asLong()).isPositive();
  }
}
