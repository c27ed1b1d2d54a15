package dev.flotilla.assistant.models;

import dev.flotilla.assistant.models.engine.ServerState;
import dev.flotilla.assistant.models.pool.ModelState;
import dev.flotilla.assistant.models.pool.ModelView;
import dev.flotilla.kernel.fleet.FleetView;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentState;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.ModelRun;
import java.util.Optional;

/** Tells the pool of agents that end: their leases are given back, servers are missed. */
final class AgentWatch {
  private final LivePool pool;
  private final CardWatch cards;
  private final Adoption adoption;

  AgentWatch(LivePool pool, CardWatch cards, Adoption adoption) {
    this.pool = pool;
    this.cards = cards;
    this.adoption = adoption;
  }

  void changed(FleetView before, FleetView after) {
    if (!before.fleet().equals(after.fleet())) {
      LivePool.aside("look", cards::look);
    }
    after
        .observed()
        .forEach(
            (id, status) -> {
              if (before.status(id).filter(was -> was.state() == status.state()).isEmpty()) {
                changed(after, id, status);
              }
            });
  }

  private void changed(FleetView fleet, AgentId id, AgentStatus status) {
    if (ServerState.serves(status) || status.state() == AgentState.STARTING) {
      return;
    }
    LivePool.aside(
        "change of " + id,
        () -> {
          pool.change(p -> p.left(id.toString(), pool.now()));
          if (fleet.fleet().shortName(id).equals(id.name())) {
            pool.change(p -> p.left(id.name(), pool.now()));
          }
          if (ServerState.isOver(status)) {
            served(fleet, id).ifPresent(model -> lost(id, model, status.reason()));
          }
        });
  }

  private static Optional<String> served(FleetView fleet, AgentId id) {
    return fleet.fleet().models().keySet().stream()
        .filter(model -> ModelRun.agentName(model).equals(id.name()))
        .findFirst();
  }

  private void lost(AgentId id, String model, String reason) {
    boolean ready =
        pool.ask(p -> p.view(model))
            .filter(view -> view.state() == ModelState.READY)
            .flatMap(ModelView::card)
            .filter(card -> card.machine().equals(id.machine()))
            .isPresent();
    if (ready) {
      pool.change(p -> p.broke(model, reason, pool.now()));
      adoption.end(id.machine(), model);
    }
  }
}
