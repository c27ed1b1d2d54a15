package dev.flotilla.assistant.models;

import dev.flotilla.assistant.models.catalogue.CardTable;
import dev.flotilla.assistant.models.catalogue.Catalogue;
import dev.flotilla.assistant.models.engine.Engine;
import dev.flotilla.assistant.models.engine.EngineException;
import dev.flotilla.assistant.models.engine.Nodes;
import dev.flotilla.assistant.models.engine.Order;
import dev.flotilla.assistant.models.engine.ServerEngine;
import dev.flotilla.assistant.models.memory.Estimate;
import dev.flotilla.assistant.models.pool.Card;
import dev.flotilla.assistant.models.pool.CardId;
import dev.flotilla.assistant.models.pool.Effect;
import dev.flotilla.assistant.models.pool.Entry;
import dev.flotilla.assistant.models.pool.ModelState;
import dev.flotilla.assistant.models.pool.Pool;
import dev.flotilla.assistant.models.pool.Request;
import dev.flotilla.assistant.models.pool.ModelView;
import dev.flotilla.kernel.ServiceContext;
import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.kernel.failure.OperationException;
import dev.flotilla.kernel.fleet.FleetView;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentState;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Bytes;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Machine;
import dev.flotilla.model.MachineCards;
import dev.flotilla.model.Model;
import dev.flotilla.model.ModelRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pool with hands: carries out what the pool decides and tells it what happened. Decides
 * nothing itself. Thread-safe.
 */
final class Floor {
  private static final Logger log = LoggerFactory.getLogger(ModelManagerSuite.class);
  private static final Duration RETURN = Duration.ofSeconds(5);
  private static final Duration RETURN_LOOK = Duration.ofMillis(50);

  private final ServiceContext context;
  private final Pool pool;
  private final Catalogue catalogue;
  private final Card.WaterMarks marks;
  private final Nodes nodes;
  private final Engine servers;
  private final Engine inside;
  private final Tallies tallies;
  private final Map<Long, CompletableFuture<Effect.Grant>> askers = new ConcurrentHashMap<>();
  private final Map<String, MachineCards> readings = new ConcurrentHashMap<>();
  private final Set<String> adopted = ConcurrentHashMap.newKeySet();
  private volatile FleetView fleet;

  Floor(
      ServiceContext context,
      Pool pool,
      Catalogue catalogue,
      Card.WaterMarks marks,
      Nodes nodes,
      Engine inside,
      Tallies tallies) {
    this.context = context;
    this.pool = pool;
    this.catalogue = catalogue;
    this.marks = marks;
    this.nodes = nodes;
    this.servers = new ServerEngine(nodes);
    this.inside = inside;
    this.tallies = tallies;
    this.fleet = FleetView.unknown(context.fleet());
  }

  Fleet fleet() {
    return fleet.fleet();
  }

  /** The last readings of the cards, by machine. */
  Map<String, MachineCards> readings() {
    return Map.copyOf(readings);
  }

  /** Asks the pool something while nothing changes. */
  <T> T ask(Function<Pool, T> question) {
    synchronized (pool) {
      return question.apply(pool);
    }
  }

  /** Changes the pool and sees to what follows. */
  void change(Function<Pool, List<Effect>> change) {
    List<Effect> due;
    synchronized (pool) {
      due = change.apply(pool);
    }
    due.forEach(this::carryOut);
  }

  /** Asks for a model; the answer comes when it is there. */
  CompletableFuture<Effect.Grant> acquire(Request request) {
    CompletableFuture<Effect.Grant> answer = new CompletableFuture<>();
    askers.put(request.number(), answer);
    change(p -> p.ask(request, now()));
    return answer;
  }

  /** Who asked waits no longer; a lease that was granted meanwhile is given back. */
  void withdraw(long number) {
    change(p -> p.withdraw(number, now()));
    CompletableFuture<Effect.Grant> asker = askers.remove(number);
    if (asker != null && !asker.cancel(false) && !asker.isCompletedExceptionally()) {
      change(p -> p.release(asker.join().lease().id(), now()));
    }
  }

  private void carryOut(Effect effect) {
    switch (effect) {
      case Effect.Load load -> aside("load " + load.model(), () -> load(load));
      case Effect.Unload unload -> aside("unload " + unload.model(), () -> unload(unload));
      case Effect.Grant grant -> {
        CompletableFuture<Effect.Grant> asker = askers.remove(grant.number());
        if (asker == null || !asker.complete(grant)) {
          change(p -> p.release(grant.lease().id(), now()));
        }
      }
      case Effect.Refuse refuse -> {
        CompletableFuture<Effect.Grant> asker = askers.remove(refuse.number());
        if (asker != null) {
          asker.completeExceptionally(refusal(refuse).exception());
        }
      }
      case Effect.Tell tell -> {
        tallies.count(tell.kind());
        log.info(
            "{} {}{}",
            tell.model(),
            tell.kind().name().toLowerCase(Locale.ROOT),
            tell.reason().isEmpty() ? "" : ": " + tell.reason());
        context.tell(
            "model." + tell.kind().name().toLowerCase(Locale.ROOT),
            new Requests.Told(
                tell.model(),
                tell.kind(),
                tell.variant(),
                tell.card().map(CardId::toString),
                tell.reason().isEmpty() ? Optional.empty() : Optional.of(tell.reason()),
                now()));
      }
    }
  }

  /** A conflict in any case: one model that fails must not open callers' breakers for all. */
  private static Failure refusal(Effect.Refuse refuse) {
    return refuse.forGood()
        ? Failure.conflict(
            refuse.reason(),
            "a model that fits the cards of this fleet",
            "Free memory, allow another card, or declare a smaller variant.")
        : Failure.conflict(
            refuse.reason(), "a model that can be loaded now", "See the reason; then ask again.");
  }

  private static void aside(String name, Runnable work) {
    Thread.ofVirtual().name(name).start(work);
  }

  private void load(Effect.Load load) {
    long begun = System.nanoTime();
    try {
      Model model = model(load.model());
      Model.Variant way =
          Catalogue.way(model, load.variant())
              .orElseThrow(() -> new EngineException("the variant is no longer in the manifest"));
      String address =
          engine(model).load(new Order(model, way, load.card(), host(load.card().machine())));
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      Optional<Bytes> seen = seen(load.model(), load.card());
      change(p -> p.loaded(load.model(), address, seen, now()));
      catalogue
          .learned()
          .loaded(catalogue.key(model, way, load.card()), load.estimate().corrected(1), took, seen);
    } catch (EngineException e) {
      change(p -> p.broke(load.model(), String.valueOf(e.getMessage()), now()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.error("{} could not be loaded", load.model(), e);
      change(p -> p.broke(load.model(), "a fault in the service: " + e, now()));
    }
  }

  private void unload(Effect.Unload unload) {
    String machine = unload.card().machine();
    Bytes before = used(readings.get(machine), unload.card());
    Bytes seen = seen(unload.model(), unload.card()).orElse(Bytes.ZERO);
    try {
      Model model = fleet().models().get(unload.model());
      (model == null ? servers : engine(model)).unload(unload.model(), machine);
      awaitReturn(unload.card(), unload.model(), before, seen);
    } catch (EngineException e) {
      log.warn("{} was not ended as it should: {}", unload.model(), e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    change(p -> p.gone(unload.model(), cardsWithout(p, unload), now()));
  }

  /** The cards once a model is gone: what has not come back of its memory is taken by others. */
  private List<Card> cardsWithout(Pool p, Effect.Unload gone) {
    return cards(
        fleet(),
        card -> minus(p.held(card), card, gone),
        card -> minus(p.leaving(card), card, gone));
  }

  private static Bytes minus(Bytes bytes, CardId card, Effect.Unload gone) {
    return card.equals(gone.card())
        ? new Bytes(Math.max(0, bytes.count() - gone.held().count()))
        : bytes;
  }

  /** The driver gives memory back a while after its process has ended. */
  private void awaitReturn(CardId card, String model, Bytes before, Bytes seen)
      throws InterruptedException {
    if (card.isCpu()) {
      return;
    }
    long deadline = System.nanoTime() + RETURN.toNanos();
    Bytes last = new Bytes(Long.MAX_VALUE);
    while (System.nanoTime() < deadline) {
      Optional<MachineCards> reading = read(card.machine());
      if (reading.isEmpty() || measured(reading.get(), card).isEmpty()) {
        return;
      }
      Bytes used = used(reading.get(), card);
      boolean left = CardTable.seen(reading.get(), card.index(), model).equals(Bytes.ZERO);
      boolean back = used.count() <= before.count() - seen.count() * 9 / 10;
      if (left && (seen.count() > 0 ? back : used.equals(last))) {
        return;
      }
      last = used;
      Thread.sleep(RETURN_LOOK);
    }
    log.warn(
        "the memory of {} has not come back to {} in {} s; it counts as taken by others",
        model,
        card,
        RETURN.toSeconds());
  }

  private Engine engine(Model model) {
    return model.server().isPresent() ? servers : inside;
  }

  private Model model(String name) throws EngineException {
    Model model = fleet().models().get(name);
    if (model == null) {
      throw new EngineException("it is no longer in the manifest");
    }
    return model;
  }

  private String host(String machine) {
    Map<String, Machine> machines = fleet().machines();
    Machine there = machines.get(machine);
    return there == null || machines.size() < 2 ? "127.0.0.1" : there.address();
  }

  /** Reads the cards of all machines, then lets the pool's time pass. */
  void look() {
    for (String machine : machines()) {
      read(machine)
          .ifPresent(
              reading -> {
                if (adopted.add(machine)) {
                  adopt(machine);
                }
              });
    }
    refresh();
    change(p -> p.tick(now()));
  }

  private List<String> machines() {
    List<String> machines = new ArrayList<>(fleet().machines().keySet());
    return machines.isEmpty() ? List.of(context.agent().machine()) : machines;
  }

  private Optional<MachineCards> read(String machine) {
    try {
      MachineCards reading = nodes.cards(machine);
      readings.put(machine, reading);
      return Optional.of(reading);
    } catch (OperationException e) {
      log.debug("the node of {} does not tell of its cards: {}", machine, e.getMessage());
      return Optional.empty();
    }
  }

  /** Works out cards and catalogue anew. */
  private void refresh() {
    Fleet now = fleet();
    Map<String, Entry> entries = catalogue.entries(now.models(), ask(p -> cards(p, now)));
    change(
        p -> {
          List<Effect> effects = new ArrayList<>(p.cards(cards(p, now), now()));
          effects.addAll(p.catalogue(entries, now()));
          return effects;
        });
  }

  private List<Card> cards(Pool p, Fleet now) {
    return cards(now, p::held, p::leaving);
  }

  private List<Card> cards(
      Fleet now, Function<CardId, Bytes> held, Function<CardId, Bytes> leaving) {
    return readings.values().stream()
        .flatMap(
            reading ->
                CardTable.of(
                    reading,
                    now.agentsOn(reading.machine()),
                    now.models().keySet(),
                    held,
                    leaving,
                    marks)
                    .stream())
        .sorted(
            Comparator.comparing((Card card) -> card.id().machine())
                .thenComparing(card -> card.id().isCpu())
                .thenComparing(Card::id))
        .toList();
  }

  /** Takes over the servers an earlier service left, and ends those that do not serve. */
  private void adopt(String machine) {
    List<Nodes.Running> running;
    try {
      running = nodes.models(machine);
    } catch (OperationException e) {
      adopted.remove(machine);
      return;
    }
    refresh();
    for (Nodes.Running each : running) {
      ModelRun run = each.run();
      CardId card = new CardId(machine, run.card().orElse(CardId.CPU));
      Optional<Estimate> estimate = ask(p -> estimate(p, run, card));
      boolean serves = each.status().filter(Floor::serves).isPresent();
      if (serves && estimate.isPresent()) {
        String address = "http://%s:%d".formatted(host(machine), run.port());
        change(p -> p.adopted(run.model(), run.variant(), card, estimate.get(), address, now()));
        seen(run.model(), card).ifPresent(held -> ask(p -> keep(p, run.model(), held)));
        log.info("{} still serves on {} and is taken over", run.model(), card);
      } else {
        end(machine, run.model());
      }
    }
  }

  private static boolean keep(Pool p, String model, Bytes held) {
    p.seen(model, held);
    return true;
  }

  private static Optional<Estimate> estimate(Pool p, ModelRun run, CardId card) {
    return p.entry(run.model()).stream()
        .flatMap(entry -> entry.variants().stream())
        .filter(variant -> variant.name().equals(run.variant()))
        .flatMap(variant -> Optional.ofNullable(variant.estimates().get(card)).stream())
        .findFirst();
  }

  private static boolean serves(AgentStatus status) {
    return status.state() == AgentState.HEALTHY
        || status.state() == AgentState.RUNNING
        || status.state() == AgentState.DEGRADED;
  }

  private void end(String machine, String model) {
    try {
      nodes.end(machine, model);
    } catch (OperationException e) {
      log.warn("{} could not be ended on {}: {}", model, machine, e.getMessage());
    }
  }

  /** What happens to agents: those that end give their leases back, servers that end are missed. */
  void changed(FleetView before, FleetView after) {
    fleet = after;
    if (!before.fleet().equals(after.fleet())) {
      aside("look", this::look);
    }
    after
        .observed()
        .forEach(
            (id, status) -> {
              if (!Optional.ofNullable(before.observed().get(id))
                  .map(AgentStatus::state)
                  .equals(Optional.of(status.state()))) {
                changed(id, status);
              }
            });
  }

  private void changed(AgentId id, AgentStatus status) {
    if (serves(status) || status.state() == AgentState.STARTING) {
      return;
    }
    aside(
        "change of " + id,
        () -> {
          change(p -> p.left(id.toString(), now()));
          if (fleet().shortName(id).equals(id.name())) {
            change(p -> p.left(id.name(), now()));
          }
          if (ServerEngine.isOver(status)) {
            served(id).ifPresent(model -> lost(id, model, status.reason()));
          }
        });
  }

  private Optional<String> served(AgentId id) {
    return fleet().models().keySet().stream()
        .filter(model -> ModelRun.agentName(model).equals(id.name()))
        .findFirst();
  }

  private void lost(AgentId id, String model, String reason) {
    boolean ready =
        ask(p -> p.view(model))
            .filter(view -> view.state() == ModelState.READY)
            .flatMap(ModelView::card)
            .filter(card -> card.machine().equals(id.machine()))
            .isPresent();
    if (ready) {
      change(p -> p.broke(model, reason, now()));
      end(id.machine(), model);
    }
  }

  private Optional<Bytes> seen(String model, CardId card) {
    return card.isCpu()
        ? Optional.empty()
        : read(card.machine())
            .map(reading -> CardTable.seen(reading, card.index(), model))
            .filter(bytes -> bytes.count() > 0);
  }

  private static Optional<Bytes> measured(MachineCards reading, CardId card) {
    return reading.cards().stream()
        .filter(each -> each.index() == card.index())
        .findFirst()
        .flatMap(MachineCards.Card::used);
  }

  private static Bytes used(@Nullable MachineCards reading, CardId card) {
    return reading == null ? Bytes.ZERO : measured(reading, card).orElse(Bytes.ZERO);
  }

  Instant now() {
    return context.clock().instant();
  }

  /** For questions that need the catalogue too. */
  Catalogue catalogue() {
    return catalogue;
  }

  /** Fails all who wait: the service ends. */
  void close() {
    Supplier<OperationException> closing =
        () ->
            Failure.unavailable(
                    "ModelManagerSuite is being stopped", "a running one", "Ask again in a moment.")
                .exception();
    askers.values().forEach(asker -> asker.completeExceptionally(closing.get()));
    askers.clear();
  }
}
