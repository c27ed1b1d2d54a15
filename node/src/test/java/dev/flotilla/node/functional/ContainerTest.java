package dev.flotilla.node.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentState;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Bytes;
import dev.flotilla.model.Launch;
import dev.flotilla.model.Limits;
import dev.flotilla.model.StopPolicy;
import dev.flotilla.node.Fleets;
import dev.flotilla.node.container.ContainerEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real engine, with an image made of a static busybox. */
@Tag("external")
class ContainerTest {
  private static final String IMAGE = "flotilla-test-busybox:1";

  @TempDir Path state;

  @BeforeAll
  static void anEngineWithAnImage() throws IOException, InterruptedException {
    if (ContainerEngine.find(System.getenv()).isEmpty()) {
      abort("neither docker nor podman is here");
    }
    if (!said("\"$0\" info 2>&1 && echo WELL").contains("WELL")) {
      abort("the container engine does not answer; start dockerd, or set DOCKER_HOST");
    }
    if (!Files.isExecutable(Path.of("/bin/busybox"))) {
      abort("no static busybox to make an image of (Debian: busybox-static)");
    }
    said(
        "\"$0\" image inspect "
            + IMAGE
            + " || { d=$(mktemp -d); mkdir $d/bin $d/tmp; cp /bin/busybox $d/bin; for a in sh sleep"
            + " echo; do ln -s busybox $d/bin/$a; done; tar -C $d -c . | \"$0\" import - "
            + IMAGE
            + "; rm -rf $d; }");
  }

  private static String said(String script, String... arguments)
      throws IOException, InterruptedException {
    Path engine = ContainerEngine.find(System.getenv()).orElseThrow();
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", script, engine.toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return text;
  }

  /** Names of the containers that there are of this state folder. */
  private List<String> containers() {
    try {
      return said(
              "\"$0\" ps -a --filter \"label=$1\" --format '{{.Names}}'", "flotilla.state=" + state)
          .lines()
          .toList();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Agent image(String script) {
    Agent plain = Fleets.command("boxed");
    return new Agent(
        plain.id(),
        plain.group(),
        plain.description(),
        new Launch.Image(IMAGE, Optional.of(List.of("/bin/sh", "-c", script)), List.of()),
        Map.of("main", 28_431),
        plain.liveness(),
        plain.readiness(),
        plain.needs(),
        new Limits(
            Optional.empty(),
            Optional.of(Bytes.parse("64MiB").orElseThrow()),
            Optional.empty(),
            Optional.empty()),
        plain.restart(),
        new StopPolicy("TERM", Duration.ofSeconds(1)),
        plain.required(),
        plain.lazy(),
        Map.of("GREETING", "hello"),
        plain.config(),
        plain.family(),
        plain.where());
  }

  @Test
  void runsIsAdoptedIsReplacedAndLeavesNothing() throws IOException {
    Agent agent =
        image("echo \"$GREETING from $FLOTILLA_AGENT at $PORT\"; while :; do sleep 1; done");
    RealNode first = new RealNode(state);
    first.apply(agent);
    AgentStatus before = first.awaitState("boxed", AgentState.RUNNING);
    assertThat(before.reason()).isEqualTo("memory ≤ 64 MiB by the container engine");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                Files.readString(first.logs.file(agent.id()))
                    .contains("hello from boxed at 28431"));
    assertThat(containers()).hasSize(1);
    first.die();

    try (RealNode next = new RealNode(state)) {
      next.adopt(agent);
      AgentStatus adopted = next.awaitState("boxed", AgentState.RUNNING);
      assertThat(adopted.pid()).isEqualTo(before.pid());
      assertThat(containers()).hasSize(1);

      ProcessHandle.of(adopted.pid().orElseThrow()).orElseThrow().destroyForcibly();
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  next.status("boxed")
                      .filter(s -> s.state() == AgentState.RUNNING)
                      .filter(s -> !s.pid().equals(before.pid()))
                      .isPresent());
      await().atMost(Duration.ofSeconds(60)).until(() -> containers().size() == 1);
    }
    assertThat(containers()).isEmpty();
  }

  @Test
  void whatIgnoresTheSignalIsKilledAndRemoved() throws IOException {
    try (RealNode node = new RealNode(state)) {
      node.apply(image("trap '' TERM; echo deaf; while :; do sleep 1; done"));
      node.awaitState("boxed", AgentState.RUNNING);
      await().atMost(Duration.ofSeconds(60)).until(() -> containers().size() == 1);
    }
    assertThat(containers()).isEmpty();
  }

  @Test
  void itsExitCodeIsItsOwn() throws IOException {
    try (RealNode node = new RealNode(state)) {
      node.apply(image("echo no model here; exit 7"));
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  node.status("boxed")
                      .map(AgentStatus::reason)
                      .filter(
                          reason -> reason.contains("exit 7") && reason.contains("no model here"))
                      .isPresent());
    }
    assertThat(containers()).isEmpty();
  }
}
