package dev.flotilla.node;

import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentState;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Problem;
import dev.flotilla.node.api.ManifestRequest;
import dev.flotilla.node.api.NodeControl;
import dev.flotilla.node.core.Cell;
import dev.flotilla.node.core.Orders;
import dev.flotilla.node.state.NodeException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** What people order, carried out by the supervisor and waited for. */
final class ControlledNode implements NodeControl {
  private static final Duration LOOK = Duration.ofMillis(5);
  private static final Duration SETTLE = Duration.ofSeconds(30);
  private static final Duration END = Duration.ofMinutes(5);

  private final Machinery machinery;
  private final Runnable end;

  ControlledNode(Machinery machinery, Runnable end) {
    this.machinery = machinery;
    this.end = end;
  }

  @Override
  public Fleet fleet() {
    return machinery.loaded().fleet();
  }

  @Override
  public String machine() {
    return machinery.loaded().machine();
  }

  @Override
  public String limits() {
    return machinery.limits();
  }

  @Override
  public String trouble() {
    return machinery.trouble();
  }

  @Override
  public List<AgentStatus> statuses() {
    return machinery.statuses();
  }

  @Override
  public List<Problem> apply(ManifestRequest request) throws NodeException {
    LoadedFleet next = LoadedFleet.load(request, machinery.settings().environment());
    LoadedFleet before = machinery.loaded();
    if (!next.fleet().name().equals(before.fleet().name())) {
      throw new NodeException(
          "the manifest is of the fleet \"%s\"".formatted(next.fleet().name()),
          "one of the fleet \"%s\", which this node runs".formatted(before.fleet().name()),
          "take that fleet down first, or start another node for this one");
    }
    if (!next.fleet().bus().equals(before.fleet().bus())) {
      throw new NodeException(
          "the manifest names another bus than the one in use",
          "the same bus as long as the fleet is up",
          "flotilla down, then flotilla up");
    }
    machinery.apply(next);
    return next.warnings();
  }

  @Override
  public AgentStatus start(AgentId agent) throws InterruptedException {
    order(world -> Orders.start(world, agent));
    return await(agent, ControlledNode::settled, SETTLE);
  }

  @Override
  public AgentStatus stop(AgentId agent) throws InterruptedException {
    order(world -> Orders.stop(world, agent));
    return await(agent, status -> status.pid().isEmpty(), END);
  }

  @Override
  public AgentStatus restart(AgentId agent) throws InterruptedException {
    Optional<Instant> before = status(agent).startedAt();
    order(world -> Orders.restart(world, agent));
    return await(
        agent,
        status ->
            settled(status) && (status.startedAt().isEmpty() || !status.startedAt().equals(before)),
        SETTLE);
  }

  @Override
  public void down() throws InterruptedException {
    machinery.models().leave();
    order(Orders::down);
    long deadline = System.nanoTime() + END.toNanos();
    while (machinery.busy() && System.nanoTime() < deadline) {
      Thread.sleep(LOOK);
    }
    end.run();
  }

  @Override
  public Path log(AgentId agent) {
    return machinery.log(agent);
  }

  private void order(UnaryOperator<Map<AgentId, Cell>> order) {
    machinery.supervisor().order(order).join();
  }

  private AgentStatus await(AgentId agent, Predicate<AgentStatus> seen, Duration longest)
      throws InterruptedException {
    long deadline = System.nanoTime() + longest.toNanos();
    AgentStatus status = status(agent);
    while (!seen.test(status) && System.nanoTime() < deadline) {
      Thread.sleep(LOOK);
      status = status(agent);
    }
    return status;
  }

  private AgentStatus status(AgentId agent) {
    return statuses().stream()
        .filter(status -> status.id().equals(agent))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no agent " + agent));
  }

  private static boolean settled(AgentStatus status) {
    AgentState state = status.state();
    return switch (state) {
      case STARTING, RESTARTING -> false;
      case WAITING -> !status.reason().contains("its turn");
      case RUNNING, HEALTHY, DEGRADED, CRASH_LOOP, FAILED, STOPPED -> true;
    };
  }
}
