package dev.flotilla.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Need;
import dev.flotilla.model.Probe;
import dev.flotilla.node.core.Action;
import dev.flotilla.node.core.Exit;
import dev.flotilla.node.core.Orders;
import dev.flotilla.node.core.Pace;
import dev.flotilla.node.core.Phase;
import dev.flotilla.node.core.ProbeHistory.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random fleets in random weather: what must hold always, and what must hold in the end. */
class ControlPropertyTest {
  private static final Probe.Check CHECK = new Probe.Tcp("127.0.0.1", 1);
  private static final int STEPS = 400;
  private static final int SEEDS = 60;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void orderIsNeverViolatedAndEveryStopReachesZero(int batch) {
    for (int i = 0; i < SEEDS; i++) {
      new Weather(batch * 1000L + i).run();
    }
  }

  private static final class Weather {
    private final Random random;
    private final ScriptedFleet fleet;
    private final List<Agent> agents = new ArrayList<>();
    private final Set<AgentId> unwanted = new HashSet<>();
    private final Map<AgentId, Agent> byId = new HashMap<>();

    Weather(long seed) {
      random = new Random(seed);
      fleet = new ScriptedFleet(new Pace(1 + random.nextInt(6), Duration.ofSeconds(2)), seed);
      int count = 1 + random.nextInt(14);
      for (int i = 0; i < count; i++) {
        List<Need> needs = new ArrayList<>();
        for (int j = 0; j < i; j++) {
          if (random.nextInt(4) == 0) {
            needs.add(
                new Need(
                    Fleets.id("a" + j),
                    random.nextBoolean() ? new Need.Healthy() : new Need.Started(),
                    Fleets.NOWHERE));
          }
        }
        Agent plain = Fleets.command("a" + i, "x");
        Agent agent =
            Fleets.needing(
                random.nextInt(3) > 0 ? Fleets.alive(plain, CHECK) : plain,
                needs.toArray(new Need[0]));
        agents.add(agent);
        byId.put(agent.id(), agent);
      }
      Collections.shuffle(agents, random);
      fleet.checking(this::check);
    }

    /** Judged by the script's own books, not by what the control believes. */
    private void check(Action action) {
      Agent agent = byId.get(action.agent());
      if (agent == null) {
        throw new AssertionError("unknown " + action.agent());
      }
      switch (action) {
        case Action.Launch launch -> {
          assertThat(unwanted).doesNotContain(agent.id());
          for (Need need : agent.needs()) {
            ScriptedFleet.Scripted other = fleet.processes.get(need.agent());
            assertThat(other).as("%s needs %s", agent.id(), need.agent()).isNotNull();
            boolean probed = other.agent.liveness().isPresent();
            assertThat(other.started).isTrue();
            assertThat(other.told).isFalse();
            if (need.condition() instanceof Need.Healthy && probed) {
              assertThat(other.ready).as("%s is ready for %s", need.agent(), agent.id()).isTrue();
            }
          }
        }
        case Action.Terminate end -> {
          if (end.cause() == Phase.Cause.UNWANTED) {
            assertThat(unwanted).contains(agent.id());
            for (Agent other : agents) {
              boolean needs =
                  other.needs().stream().anyMatch(need -> need.agent().equals(agent.id()));
              assertThat(
                      needs
                          && unwanted.contains(other.id())
                          && fleet.processes.containsKey(other.id()))
                  .as("%s is stopped while %s still runs and leaves", agent.id(), other.id())
                  .isFalse();
            }
          }
        }
      }
    }

    void run() {
      fleet.apply(agents);
      for (int step = 0; step < STEPS; step++) {
        step();
      }
      unwanted.addAll(byId.keySet());
      fleet.order(Orders::down);
      for (int round = 0; round < 200 && fleet.control.busy(); round++) {
        for (ScriptedFleet.Scripted process : List.copyOf(fleet.processes.values())) {
          String name = process.agent.id().name();
          if (!process.started) {
            fleet.started(name);
          } else if (process.told) {
            fleet.exits(name, new Exit.Signal(15));
          }
        }
      }
      assertThat(fleet.control.busy()).isFalse();
      assertThat(fleet.processes).isEmpty();
      fleet.pass(Duration.ofMinutes(10));
      assertThat(fleet.processes).isEmpty();

      unwanted.clear();
      fleet.apply(agents);
      for (int round = 0; round < 2000 && !allUp(); round++) {
        for (ScriptedFleet.Scripted process : List.copyOf(fleet.processes.values())) {
          String name = process.agent.id().name();
          if (!process.started) {
            fleet.started(name);
          } else if (!process.ready) {
            fleet.ready(name);
          }
        }
        fleet.pass(Duration.ofMillis(100));
      }
      assertThat(allUp()).isTrue();
    }

    private boolean allUp() {
      return fleet.processes.size() == agents.size()
          && fleet.processes.values().stream().allMatch(p -> p.started && p.ready);
    }

    private void step() {
      List<ScriptedFleet.Scripted> all = List.copyOf(fleet.processes.values());
      String any = agents.get(random.nextInt(agents.size())).id().name();
      int dice = random.nextInt(100);
      if (dice < 60 && !all.isEmpty()) {
        ScriptedFleet.Scripted process = all.get(random.nextInt(all.size()));
        String name = process.agent.id().name();
        if (!process.started) {
          if (random.nextInt(10) == 0) {
            fleet.refused(name, "port held", true);
          } else {
            fleet.started(name);
          }
        } else if (process.told || random.nextInt(12) == 0) {
          fleet.exits(name, random.nextBoolean() ? new Exit.Code(1) : new Exit.Signal(9));
        } else {
          fleet.probed(name, random.nextInt(4) > 0 ? Answer.OK : Answer.failed("not well"));
        }
      } else if (dice < 80) {
        fleet.pass(Duration.ofMillis(random.nextInt(3000)));
      } else if (dice < 87) {
        unwanted.add(Fleets.id(any));
        fleet.order(world -> Orders.stop(world, Fleets.id(any)));
      } else if (dice < 94) {
        wanted(Fleets.id(any));
        fleet.order(world -> Orders.start(world, Fleets.id(any)));
      } else if (dice < 97) {
        wanted(Fleets.id(any));
        fleet.order(world -> Orders.restart(world, Fleets.id(any)));
      } else if (dice < 98) {
        unwanted.addAll(byId.keySet());
        fleet.order(Orders::down);
      } else {
        unwanted.clear();
        fleet.apply(agents);
      }
    }

    private void wanted(AgentId id) {
      if (unwanted.remove(id) || byId.containsKey(id)) {
        Agent agent = byId.get(id);
        if (agent != null) {
          agent.needs().forEach(need -> wanted(need.agent()));
        }
      }
    }
  }
}
