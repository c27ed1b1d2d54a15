package dev.flotilla.cli.functional;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.cli.Run;
import dev.flotilla.model.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shapes and exit codes of the commands that need a running fleet, and commands that collide. */
@Tag("slow")
class LiveFleetTest {
  @TempDir Path directory;

  @BeforeEach
  void manifest() throws IOException {
    write("sleep 1000");
  }

  private void write(String last) throws IOException {
    Files.writeString(
        directory.resolve("fleet.yaml"),
        """
        fleet: live
        flags: {new_router: false}
        agents:
          First:
            command: sh -c "echo hello; exec sleep 1000"
            health: {command: sh -c true, interval: 300ms}
          Last: {command: '%s', health: none, needs: [First]}
        """
            .formatted(last));
  }

  @AfterEach
  void down() {
    assertThat(run("down").code()).isZero();
  }

  @Test
  void everyAnswerHasItsShape() throws Exception {
    JsonNode up = answer(0, "up");
    assertThat(names(up)).containsExactly("fleet", "up", "seconds", "agents");
    assertThat(up.path("up").asBoolean()).isTrue();

    JsonNode status = answer(0, "status");
    assertThat(names(status)).containsExactly("fleet", "agents");
    assertThat(names(status.path("agents").path(0)))
        .containsExactly(
            "name",
            "machine",
            "group",
            "state",
            "reason",
            "pid",
            "ports",
            "required",
            "since",
            "startedAt",
            "readyAt",
            "restarts");

    assertThat(names(answer(0, "logs", "First"))).containsExactly("name", "machine", "line");

    assertThat(names(answer(0, "flag", "list"))).containsExactly("flags");
    JsonNode flag = answer(0, "flag", "get", "new_router");
    assertThat(names(flag)).containsExactly("flag", "setting", "changed");
    assertThat(names(flag.path("flag")))
        .containsExactly("name", "description", "variants", "defaultVariant", "split");
    assertThat(names(answer(0, "flag", "set", "new_router", "10%", "--reason", "a try")))
        .containsExactly("flag", "when", "who", "from", "to", "reason", "now");
    assertThat(names(answer(0, "flag", "history", "new_router").path("changes").path(0)))
        .contains("when", "who", "from", "to");
    assertThat(names(answer(2, "flag", "get", "new_ruter"))).containsExactly("problems");

    assertThat(names(answer(0, "call", "flags.list", "{}"))).containsExactly("flags");
    assertThat(names(answer(1, "call", "Nobody.answers", "{}"))).containsExactly("problems");

    JsonNode stopped = answer(0, "stop", "Last");
    assertThat(stopped.path("agents").path(0).path("state").asText()).isEqualTo("stopped");
    assertThat(names(answer(0, "start", "Last"))).containsExactly("fleet", "agents");
    assertThat(names(answer(0, "restart", "First", "Last"))).containsExactly("fleet", "agents");
    assertThat(names(answer(2, "restart", "Lost"))).containsExactly("problems");

    JsonNode down = answer(0, "down");
    assertThat(names(down)).containsExactly("fleet", "wasRunning", "stopped", "seconds");
    assertThat(down.path("wasRunning").asBoolean()).isTrue();
    assertThat(answer(1, "status").path("agents")).isEmpty();
    assertThat(names(answer(1, "logs", "First"))).containsExactly("problems");
  }

  @Test
  void anAgentThatFailsFailsUpWithItsReason() throws Exception {
    write("sh -c \"echo the disk is gone; exit 3\"");
    JsonNode up = answer(1, "up", "--timeout", "20");
    assertThat(names(up))
        .as(up.toString())
        .containsExactly("fleet", "up", "seconds", "agents", "problems");
    assertThat(up.path("up").asBoolean()).isFalse();
    assertThat(up.path("problems").toString()).contains("Last").contains("exit 3");
  }

  @Test
  void aRehearsalHasItsShape() throws Exception {
    JsonNode rehearsal = answer(0, "rehearse", "--crash", "First");
    assertThat(names(rehearsal))
        .containsExactly(
            "fleet",
            "ok",
            "seed",
            "portOffset",
            "seconds",
            "stopSeconds",
            "leftBehind",
            "notSeen",
            "agents",
            "criticalPath",
            "criticalPathSeconds",
            "incidents");
    assertThat(names(rehearsal.path("agents").path(0)))
        .containsExactly("name", "machine", "state", "restarts", "startedAfter", "readyAfter");
    assertThat(names(rehearsal.path("incidents").path(0)))
        .containsExactly("agent", "after", "state", "what", "recoveredIn");
    assertThat(rehearsal.path("leftBehind").asInt()).isZero();
  }

  @Test
  void aRehearsalProvesOnlyWhatHappened() throws Exception {
    Files.writeString(
        directory.resolve("fleet.yaml"),
        """
        fleet: live
        agents:
          Migrate: {command: migrate, health: none}
          Web: {command: web, port: 9100, health: /health, needs: {Migrate: completed}}
          Plain: {command: plain, health: none}
        """);
    JsonNode whole = answer(0, "rehearse", "--crash", "Migrate");
    assertThat(whole.path("incidents").path(0).path("agent").asText()).isEqualTo("Migrate@local");
    assertThat(whole.path("agents").findValuesAsText("readyAfter")).hasSize(3);

    Run early = run("rehearse", "--slow", "Web=120s", "--hang", "Web", "--timeout", "2");
    assertThat(early.code()).isEqualTo(1);
    assertThat(early.out())
        .contains("Web was told to hang once and had not when the rehearsal ended")
        .contains("stand-ins up when the time was over after ")
        .contains("--timeout");

    Run unnoticed = run("rehearse", "--hang", "Plain");
    assertThat(unnoticed.code()).isEqualTo(2);
    assertThat(unnoticed.err()).contains("Plain told to hang").contains("nobody notices");
    Run upAtOnce = run("rehearse", "--slow", "Plain=3s");
    assertThat(upAtOnce.code()).isEqualTo(2);
    assertThat(upAtOnce.err()).contains("Plain told to start slowly").contains("as it runs");
    assertThat(run("rehearse", "--hang", "Web", "--crash", "Web").code()).isEqualTo(2);
  }

  @Test
  void twoUpsAtOnceAndOneMoreAreOneFleet() throws Exception {
    CompletableFuture<Run> other = CompletableFuture.supplyAsync(() -> run("up"));
    Run one = run("up");
    assertThat(one.code()).as(one.err()).isZero();
    assertThat(other.get().code()).as(other.get().err()).isZero();
    String pids = pids();
    assertThat(run("up").code()).isZero();
    assertThat(pids()).isEqualTo(pids);
  }

  @Test
  void downDuringUpEndsBoth() throws Exception {
    Files.writeString(
        directory.resolve("fleet.yaml"),
        """
        fleet: live
        agents:
          Slow: {command: sleep 1000, health: none}
          Never: {command: sleep 1000, health: none, needs: {Slow: {log: ready}}}
        """);
    CompletableFuture<Run> up = CompletableFuture.supplyAsync(() -> run("up"));
    while (!Files.exists(directory.resolve("state/live/start.lock"))) {
      Thread.onSpinWait();
    }
    Run down = run("down");
    assertThat(down.out()).contains("The fleet live is down");
    assertThat(up.get().code()).isEqualTo(1);
    assertThat(up.get().err()).contains("was taken down while it started");
    assertThat(directory.resolve("state/live/node.json")).doesNotExist();
  }

  private String pids() throws Exception {
    List<String> pids = new ArrayList<>();
    answer(0, "status").path("agents").forEach(agent -> pids.add(agent.path("pid").asText()));
    return String.join(" ", pids);
  }

  private Run run(String... words) {
    return Run.in(
        directory,
        Map.of("FLOTILLA_HOME", directory.resolve("state").toString(), "PATH", "/usr/bin:/bin"),
        words);
  }

  private JsonNode answer(int code, String... words) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(words));
    arguments.add("--json");
    Run run = run(arguments.toArray(String[]::new));
    assertThat(run.code()).as(run.out() + run.err()).isEqualTo(code);
    return Json.mapper().readTree(run.out());
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
