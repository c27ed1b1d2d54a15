package dev.flotilla.node.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flotilla.model.AgentState;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Bytes;
import dev.flotilla.model.Limits;
import dev.flotilla.model.Need;
import dev.flotilla.model.Probe;
import dev.flotilla.model.StopPolicy;
import dev.flotilla.node.Fleets;
import dev.flotilla.node.core.Orders;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class SupervisionTest {
  @TempDir Path state;

  @Test
  void startsInOrderOfNeedsAndLeavesNothing() throws IOException {
    try (RealNode node = new RealNode(state)) {
      node.apply(
          Fleets.needing(Fleets.shell("second", "sleep 100"), Fleets.healthy("first")),
          Fleets.alive(
              Fleets.shell("first", "sleep 0.2; touch " + state + "/up; sleep 100"),
              new Probe.Command(List.of("/usr/bin/test", "-e", state + "/up"))));
      AgentStatus waiting = node.status("second").orElseThrow();
      assertThat(waiting.state()).isEqualTo(AgentState.WAITING);
      assertThat(waiting.reason()).startsWith("waits for first");
      AgentStatus second = node.awaitState("second", AgentState.RUNNING);
      AgentStatus first = node.awaitState("first", AgentState.HEALTHY);
      assertThat(second.startedAt().orElseThrow()).isAfterOrEqualTo(first.readyAt().orElseThrow());
      node.down();
      assertThat(node.left()).isEmpty();
    }
  }

  @Test
  void restartsAtOnceThenSlowerAndNamesTheCrashLoop() throws IOException {
    try (RealNode node = new RealNode(state)) {
      node.apply(Fleets.shell("bad", "echo cannot open the model >&2; exit 3"));
      AgentStatus loop = node.awaitState("bad", AgentState.CRASH_LOOP);
      assertThat(loop.reason()).contains("crash loop").contains("exit 3");
      assertThat(loop.reason()).contains("cannot open the model");
      assertThat(loop.restarts()).isBetween(3, 5);
    }
  }

  @Test
  void stopEndsTheWholeTreeEvenWhatHid() throws IOException {
    try (RealNode node = new RealNode(state)) {
      node.apply(
          Fleets.shell(
              "parent",
              "sleep 101 & setsid sleep 102 & (setsid sh -c 'sleep 103 & sleep 104') & wait"));
      node.awaitState("parent", AgentState.RUNNING);
      await().until(() -> node.left().size() >= 6);
      node.down();
      assertThat(node.left()).isEmpty();
    }
  }

  @Test
  void whatIgnoresTheSignalIsKilledAfterItsGrace() throws IOException {
    try (RealNode node = new RealNode(state)) {
      node.apply(
          Fleets.stopping(
              Fleets.shell("deaf", "trap '' TERM; while true; do sleep 1; done"),
              new StopPolicy("TERM", Duration.ofMillis(300))));
      node.awaitState("deaf", AgentState.RUNNING);
      long start = System.nanoTime();
      node.down();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(250));
      assertThat(node.left()).isEmpty();
    }
  }

  @Test
  void aMissingProgramIsSaid() throws IOException {
    try (RealNode node = new RealNode(state)) {
      node.apply(Fleets.command("gone", "/no/such/program"));
      AgentStatus failed = node.awaitState("gone", AgentState.FAILED);
      assertThat(failed.reason()).contains("/no/such/program is not there");
    }
  }

  @Test
  void theNextNodeAdoptsWithoutARestart() throws IOException {
    var agent = Fleets.shell("lasting", "echo hello; sleep 100");
    RealNode first = new RealNode(state);
    first.apply(agent);
    AgentStatus before = first.awaitState("lasting", AgentState.RUNNING);
    first.die();
    assertThat(first.left()).isNotEmpty();
    try (RealNode second = new RealNode(state)) {
      second.adopt(agent);
      AgentStatus after = second.awaitState("lasting", AgentState.RUNNING);
      assertThat(after.pid()).isEqualTo(before.pid());
      assertThat(after.restarts()).isZero();
      assertThat(after.startedAt().orElseThrow())
          .isBetween(
              before.startedAt().orElseThrow().minusMillis(100),
              before.startedAt().orElseThrow().plusMillis(100));
      long pid = after.pid().orElseThrow();
      ProcessHandle.of(pid).orElseThrow().destroyForcibly();
      await()
          .until(
              () ->
                  second
                      .status("lasting")
                      .flatMap(AgentStatus::pid)
                      .filter(p -> p != pid)
                      .isPresent());
      assertThat(second.status("lasting").orElseThrow().restarts()).isEqualTo(1);
      second.down();
      assertThat(second.left()).isEmpty();
    }
  }

  @Test
  void waitsForALineOfALog() throws IOException {
    try (RealNode node = new RealNode(state)) {
      node.apply(
          Fleets.shell("speaker", "sleep 0.3; echo model loaded in 3 s; sleep 100"),
          Fleets.needing(
              Fleets.shell("listener", "sleep 100"),
              new Need(Fleets.id("speaker"), new Need.LogLine("model loaded"), Fleets.NOWHERE)));
      assertThat(node.status("listener").orElseThrow().reason())
          .contains("waits for \"model loaded\" in the log of speaker");
      node.awaitState("listener", AgentState.RUNNING);
    }
  }

  @Test
  void limitsAreKeptAndSaid() throws IOException {
    try (RealNode node = RealNode.limited(state)) {
      node.apply(
          Fleets.limited(
              Fleets.shell("hungry", "x=$(head -c 200000000 /dev/zero | tr '\\0' x); sleep 100"),
              new Limits(
                  Optional.empty(),
                  Optional.of(Bytes.ofMebibytes(50)),
                  Optional.empty(),
                  Optional.empty())));
      AgentStatus loop = node.awaitState("hungry", AgentState.CRASH_LOOP);
      assertThat(loop.lastExit().orElseThrow())
          .containsAnyOf("out of memory: its limit is 50 MiB", "exit 2");
    }
  }

  @Test
  void aHeldPortMeansNoStartAndItsHolderIsNamed() throws IOException {
    try (RealNode node = new RealNode(state)) {
      ServerSocket holder = new ServerSocket(0);
      node.apply(
          Fleets.listening(Fleets.shell("late", "echo started; sleep 100"), holder.getLocalPort()));
      AgentStatus failed = node.awaitState("late", AgentState.FAILED);
      assertThat(failed.reason())
          .contains("port " + holder.getLocalPort() + " is held by")
          .contains("(pid " + ProcessHandle.current().pid() + ")");
      assertThat(node.logs.file(Fleets.id("late"))).doesNotExist();
      holder.close();
      node.awaitState("late", AgentState.RUNNING);
    }
  }

  @Test
  void fiftyRoundsOfStoppingLeaveNoOrphan() throws IOException {
    Random random = new Random(11);
    try (RealNode node = new RealNode(state)) {
      for (int round = 0; round < 50; round++) {
        node.apply(
            Fleets.shell("parent", "sleep 101 & (setsid sleep 102 &) ; wait"),
            Fleets.needing(Fleets.shell("child", "setsid sleep 103"), Fleets.healthy("parent")));
        int begun = random.nextInt(4);
        await().pollInterval(Duration.ofMillis(1)).until(() -> node.left().size() >= begun);
        node.down();
        assertThat(node.left()).as("round " + round).isEmpty();
      }
    }
  }

  @Test
  void stopStartAndRestartByOrder() throws IOException {
    try (RealNode node = new RealNode(state)) {
      node.apply(Fleets.shell("one", "sleep 100"));
      long pid = node.awaitState("one", AgentState.RUNNING).pid().orElseThrow();
      node.supervisor.order(world -> Orders.restart(world, Fleets.id("one"))).join();
      await()
          .until(
              () -> node.status("one").flatMap(AgentStatus::pid).filter(p -> p != pid).isPresent());
      node.supervisor.order(world -> Orders.stop(world, Fleets.id("one"))).join();
      node.awaitState("one", AgentState.STOPPED);
      node.supervisor.order(world -> Orders.start(world, Fleets.id("one"))).join();
      node.awaitState("one", AgentState.RUNNING);
      assertThat(Files.exists(node.logs.file(Fleets.id("one")))).isTrue();
    }
  }
}
