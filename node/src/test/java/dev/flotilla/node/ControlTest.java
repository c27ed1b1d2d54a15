package dev.flotilla.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentState;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Need;
import dev.flotilla.model.Probe;
import dev.flotilla.model.Restart;
import dev.flotilla.node.core.Action;
import dev.flotilla.node.core.Exit;
import dev.flotilla.node.core.Orders;
import dev.flotilla.node.core.Pace;
import dev.flotilla.node.core.Phase;
import dev.flotilla.node.core.ProbeHistory.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ControlTest {
  private static final Probe.Check CHECK = new Probe.Tcp("127.0.0.1", 1);

  private final ScriptedFleet fleet = new ScriptedFleet();

  private static Agent probed(String name, Need... needs) {
    return Fleets.needing(Fleets.alive(Fleets.command(name, "x"), CHECK), needs);
  }

  @Test
  void startsTheMomentItsOwnNeedsHold() {
    fleet.apply(
        probed("a"),
        probed("b"),
        probed("c", Fleets.healthy("a")),
        probed("d", Fleets.healthy("a"), Fleets.healthy("b")));
    assertThat(fleet.processes).containsOnlyKeys(Fleets.id("a"), Fleets.id("b"));
    assertThat(fleet.status("d").reason()).isEqualTo("waits for a (starting)");
    fleet.up("a");
    assertThat(fleet.runs("c")).isTrue();
    assertThat(fleet.runs("d")).isFalse();
    assertThat(fleet.status("d").reason()).isEqualTo("waits for b (starting)");
    fleet.up("b");
    assertThat(fleet.runs("d")).isTrue();
  }

  @Test
  void anAgentThatFailedIsNamedByThoseThatWait() {
    fleet.apply(Fleets.restarting(probed("a"), never()), probed("b", Fleets.healthy("a")));
    fleet.started("a");
    fleet.exits("a", new Exit.Code(7));
    assertThat(fleet.status("a").state()).isEqualTo(AgentState.FAILED);
    assertThat(fleet.status("b").state()).isEqualTo(AgentState.WAITING);
    assertThat(fleet.status("b").reason())
        .isEqualTo("waits for a (failed: exit 7, and its restart policy is never)");
  }

  private static Restart never() {
    return new Restart(
        Restart.Policy.NEVER,
        Duration.ofSeconds(1),
        Duration.ofSeconds(8),
        0,
        Duration.ofMinutes(1),
        0);
  }

  @Test
  void theFirstFailureRestartsAtOnceAndLaterOnesWait() {
    fleet.apply(Fleets.command("a", "x"));
    fleet.started("a");
    fleet.exits("a", new Exit.Signal(9));
    assertThat(fleet.runs("a")).isTrue();
    fleet.started("a");
    assertThat(fleet.status("a").restarts()).isEqualTo(1);
    fleet.exits("a", new Exit.Signal(9));
    assertThat(fleet.runs("a")).isFalse();
    AgentStatus waiting = fleet.status("a");
    assertThat(waiting.state()).isEqualTo(AgentState.RESTARTING);
    assertThat(waiting.reason()).isEqualTo("signal 9");
    assertThat(Duration.between(waiting.since(), waiting.startsAgain().orElseThrow()))
        .isBetween(Duration.ofMillis(700), Duration.ofSeconds(1));
    fleet.pass(Duration.ofMillis(700));
    assertThat(fleet.runs("a")).isFalse();
    fleet.pass(Duration.ofMillis(300));
    assertThat(fleet.runs("a")).isTrue();
    assertThat(fleet.status("a").startsAgain()).isEmpty();
  }

  @Test
  void aLoopOfFailuresIsNamedAndSlow() {
    fleet.apply(Fleets.command("a", "x"));
    for (int second = 0; second < 120; second++) {
      while (fleet.runs("a")) {
        fleet.started("a");
        fleet.exits("a", new Exit.Code(1));
      }
      fleet.pass(Duration.ofSeconds(1));
    }
    assertThat(fleet.actions).hasSizeBetween(5, 20);
    assertThat(fleet.status("a").state()).isEqualTo(AgentState.CRASH_LOOP);
    assertThat(fleet.status("a").reason()).contains("crash loop: ").contains("last exit 1");
  }

  @Test
  void aStableRunForgetsFailures() {
    fleet.apply(Fleets.command("a", "x"));
    for (int i = 0; i < 6; i++) {
      fleet.started("a");
      fleet.exits("a", new Exit.Code(1));
      fleet.pass(Duration.ofMinutes(1));
    }
    assertThat(fleet.status("a").state()).isEqualTo(AgentState.STARTING);
    fleet.started("a");
    fleet.pass(Duration.ofMinutes(2));
    fleet.exits("a", new Exit.Code(1));
    assertThat(fleet.runs("a")).isTrue();
  }

  @Test
  void aHungProcessIsReplacedAndAnUnreadyOneLeftAlone() {
    Agent both =
        Fleets.probed(Fleets.command("a", "x"), Optional.of(Fleets.probe(CHECK)), Optional.empty());
    fleet.apply(both);
    fleet.up("a");
    for (int i = 0; i < 2; i++) {
      fleet.pass(Duration.ofSeconds(1));
      fleet.probed("a", Answer.failed("no answer"));
      assertThat(fleet.process("a").told).isFalse();
    }
    assertThat(fleet.status("a").state()).isEqualTo(AgentState.HEALTHY);
    fleet.pass(Duration.ofSeconds(1));
    fleet.probed("a", Answer.failed("no answer"));
    assertThat(fleet.process("a").told).isTrue();
    assertThat(fleet.status("a").reason()).isEqualTo("hung: no answer; is being replaced");
    fleet.exits("a", new Exit.Signal(9));
    assertThat(fleet.runs("a")).isTrue();
    assertThat(fleet.status("a").lastExit()).contains("hung");
  }

  @Test
  void stopsInReverseOrder() {
    fleet.apply(probed("a"), probed("b", Fleets.healthy("a")), probed("c", Fleets.healthy("b")));
    fleet.up("a");
    fleet.up("b");
    fleet.up("c");
    fleet.order(Orders::down);
    assertThat(fleet.process("c").told).isTrue();
    assertThat(fleet.process("b").told).isFalse();
    fleet.exits("c", new Exit.Signal(15));
    assertThat(fleet.process("b").told).isTrue();
    assertThat(fleet.process("a").told).isFalse();
    fleet.exits("b", new Exit.Signal(15));
    fleet.exits("a", new Exit.Signal(15));
    assertThat(fleet.control.busy()).isFalse();
    assertThat(fleet.status("a").state()).isEqualTo(AgentState.STOPPED);
  }

  @Test
  void stoppedWhilePendingLeavesNothing() {
    fleet.apply(probed("a"), probed("b", Fleets.healthy("a")));
    fleet.order(Orders::down);
    assertThat(fleet.control.busy()).isTrue();
    fleet.started("a");
    assertThat(fleet.process("a").told).isTrue();
    fleet.exits("a", new Exit.Signal(15));
    assertThat(fleet.control.busy()).isFalse();
    assertThat(fleet.processes).isEmpty();
  }

  @Test
  void aHeldPortIsSaidAndTriedAgain() {
    fleet.apply(Fleets.command("a", "x"));
    fleet.refused("a", "port 7200 is held by nginx (pid 12)", true);
    assertThat(fleet.status("a").state()).isEqualTo(AgentState.FAILED);
    assertThat(fleet.status("a").reason()).contains("nginx (pid 12)");
    assertThat(fleet.status("a").restarts()).isZero();
    fleet.pass(Duration.ofMillis(500));
    fleet.started("a");
    assertThat(fleet.status("a").state()).isEqualTo(AgentState.RUNNING);
    assertThat(fleet.status("a").restarts()).isZero();
  }

  @Test
  void aLazyAgentWaitsForDemandAndTakesItsNeedsAlong() {
    fleet.apply(Fleets.lazy(probed("a")), Fleets.lazy(probed("b", Fleets.healthy("a"))));
    assertThat(fleet.processes).isEmpty();
    assertThat(fleet.status("b").reason()).isEqualTo("starts on first demand");
    fleet.order(world -> Orders.start(world, Fleets.id("b")));
    fleet.up("a");
    assertThat(fleet.runs("b")).isTrue();
  }

  @Test
  void aJobThatCompletesLetsOthersStartAndIsNotRepeated() {
    fleet.apply(
        Fleets.command("job", "x"),
        Fleets.needing(
            Fleets.command("after", "x"),
            new Need(Fleets.id("job"), new Need.Completed(), Fleets.NOWHERE)));
    fleet.started("job");
    assertThat(fleet.runs("after")).isFalse();
    fleet.exits("job", new Exit.Code(0));
    assertThat(fleet.runs("after")).isTrue();
    assertThat(fleet.runs("job")).isFalse();
    assertThat(fleet.status("job").state()).isEqualTo(AgentState.STOPPED);
    assertThat(fleet.status("job").reason()).isEqualTo("completed");
  }

  @Test
  void aChangedManifestTouchesOnlyWhatChanged() {
    fleet.apply(Fleets.command("a", "x"), Fleets.command("b", "x"), Fleets.command("c", "x"));
    fleet.started("a");
    fleet.started("b");
    fleet.started("c");
    fleet.apply(Fleets.command("a", "x"), Fleets.command("b", "y"), Fleets.command("d", "x"));
    assertThat(fleet.process("a").told).isFalse();
    assertThat(fleet.process("b").told).isTrue();
    assertThat(fleet.process("c").told).isTrue();
    fleet.exits("b", new Exit.Signal(15));
    fleet.exits("c", new Exit.Signal(15));
    assertThat(fleet.runs("b")).isTrue();
    assertThat(fleet.control.world()).doesNotContainKey(Fleets.id("c"));
    fleet.started("d");
  }

  @Test
  void probesOfAChangedManifestRestartNothing() {
    fleet.apply(Fleets.command("a", "x"));
    fleet.started("a");
    fleet.apply(probed("a"));
    assertThat(fleet.process("a").told).isFalse();
    fleet.ready("a");
    assertThat(fleet.status("a").state()).isEqualTo(AgentState.HEALTHY);
  }

  @Test
  void onlySoManyStartAtOnceAndSlowOnesPassTheirTurn() {
    ScriptedFleet paced = new ScriptedFleet(new Pace(2, Duration.ofSeconds(2)), 1);
    List<Agent> agents = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      agents.add(probed("a" + i));
    }
    paced.apply(agents);
    assertThat(paced.processes).hasSize(2);
    assertThat(paced.status("a2").reason()).isEqualTo("waits for its turn to start");
    paced.up("a0");
    assertThat(paced.processes).hasSize(3);
    paced.started("a1");
    paced.started("a2");
    paced.pass(Duration.ofMillis(2100));
    assertThat(paced.processes).hasSize(5);
  }

  @Test
  void aJumpOfTheWallClockChangesNothing() {
    fleet.apply(Fleets.command("a", "x"));
    fleet.started("a");
    fleet.exits("a", new Exit.Code(1));
    fleet.started("a");
    fleet.exits("a", new Exit.Code(1));
    fleet.time.jump(Duration.ofDays(400));
    fleet.settle();
    assertThat(fleet.runs("a")).isFalse();
    fleet.time.jump(Duration.ofDays(-800));
    fleet.pass(Duration.ofSeconds(1));
    assertThat(fleet.runs("a")).isTrue();
  }

  @Test
  void whatNeedsAnAgentThatFailedIsDegradedNotStopped() {
    fleet.apply(probed("a"), probed("b", Fleets.healthy("a")));
    fleet.up("a");
    fleet.up("b");
    fleet.order(world -> Orders.stop(world, Fleets.id("a")));
    assertThat(fleet.process("b").told).isFalse();
    assertThat(fleet.process("a").told).isTrue();
    fleet.exits("a", new Exit.Signal(15));
    assertThat(fleet.status("b").state()).isEqualTo(AgentState.DEGRADED);
    assertThat(fleet.status("b").reason()).isEqualTo("needs a (stopped)");
    assertThat(fleet.phase("b")).isInstanceOf(Phase.Up.class);
    assertThat(fleet.actions).filteredOn(Action.Terminate.class::isInstance).hasSize(1);
  }
}
