package dev.flotilla.assistant.models;

import dev.flotilla.assistant.models.engine.Nodes;
import dev.flotilla.bus.Bus;
import dev.flotilla.bus.Message;
import dev.flotilla.kernel.http.HttpListener;
import dev.flotilla.kernel.http.HttpResponse;
import dev.flotilla.kernel.http.HttpSettings;
import dev.flotilla.kernel.http.Routes;
import dev.flotilla.kernel.metrics.Metrics;
import dev.flotilla.kernel.operation.Dispatcher;
import dev.flotilla.kernel.operation.Operation;
import dev.flotilla.kernel.operation.OperationMetrics;
import dev.flotilla.kernel.operation.OperationServer;
import dev.flotilla.kernel.wire.Wire;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentState;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Bytes;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.MachineCards;
import dev.flotilla.model.MachineStatus;
import dev.flotilla.model.ModelRun;
import dev.flotilla.model.PublicFleet;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A node with cards of any size, whose models' servers are HTTP listeners of the test. What is on
 * the cards, how long servers take and whether they come up is the test's. Thread-safe.
 */
final class FakeNode implements AutoCloseable {
  private final String machine;
  private final Bus bus;
  private final OperationServer server;
  private final Map<String, Served> served = new LinkedHashMap<>();
  private final Map<String, Bytes> needs = new LinkedHashMap<>();
  private final Map<Integer, Bytes> strangers = new LinkedHashMap<>();
  private final List<String> orders = new ArrayList<>();
  private final List<Bytes> totals;
  private volatile Fleet fleet;
  private volatile Optional<String> ending = Optional.empty();
  private volatile long loadMillis = 20;
  private volatile long returnMillis = 30;
  private volatile long overcommitted;

  private record Served(
      ModelRun run, Optional<HttpListener> listener, AgentState state, String reason) {}

  FakeNode(Bus bus, String machine, Fleet fleet, Bytes... cards) {
    this.bus = bus;
    this.machine = machine;
    this.fleet = fleet;
    this.totals = List.of(cards);
    List<Operation<?, ?>> operations =
        List.of(
            Operation.of("status", Operation.Nothing.class, MachineStatus.class, n -> status()),
            Operation.of(
                "fleet", Operation.Nothing.class, Fleet.class, n -> PublicFleet.of(this.fleet)),
            Operation.of("cards", Operation.Nothing.class, MachineCards.class, n -> cards()),
            Operation.of("models", Operation.Nothing.class, Nodes.All.class, n -> all()),
            Operation.of("run-model", ModelRun.class, Nodes.Running.class, this::run),
            Operation.of("end-model", Which.class, Nodes.All.class, this::end));
    server =
        OperationServer.start(
            bus,
            new Dispatcher(
                "node-" + machine,
                operations,
                Clock.systemUTC(),
                new OperationMetrics(new Metrics())),
            "1.0.0",
            "fake-node",
            Clock.systemUTC());
  }

  record Which(String model) {}

  /** What a model takes once it is loaded. */
  synchronized void takes(String model, Bytes bytes) {
    needs.put(model, bytes);
  }

  synchronized void stranger(int card, Bytes bytes) {
    strangers.put(card, bytes);
  }

  /** From now on servers end at once with these words; empty for servers that come up. */
  void ends(String words) {
    ending = words.isEmpty() ? Optional.empty() : Optional.of(words);
  }

  void loadsIn(long millis) {
    loadMillis = millis;
  }

  void returnsIn(long millis) {
    returnMillis = millis;
  }

  /** What was ordered, in order. */
  synchronized List<String> orders() {
    return List.copyOf(orders);
  }

  /** How often a card held more than it has. */
  long overcommitted() {
    return overcommitted;
  }

  /** The process of a model's server ends by itself. */
  void dies(String model) {
    synchronized (this) {
      Served before = Objects.requireNonNull(served.get(model));
      before.listener().ifPresent(HttpListener::close);
      served.put(
          model,
          new Served(before.run(), Optional.empty(), AgentState.FAILED, "ended by signal KILL"));
    }
    announce(ModelRun.agentName(model), AgentState.FAILED, "ended by signal KILL");
  }

  /** Any agent of the machine changes. */
  void announce(String agent, AgentState state, String reason) {
    AgentStatus status = status(new AgentId(agent, machine), state, reason);
    bus.publish(Message.of("flotilla.event.agent." + machine + "." + agent, Wire.json(status)));
  }

  private synchronized Nodes.Running run(ModelRun asked) throws Exception {
    orders.add(
        "run "
            + asked.model()
            + " "
            + asked.variant()
            + " on "
            + asked.card().map(String::valueOf).orElse("cpu"));
    if (ending.isPresent()) {
      served.put(
          asked.model(), new Served(asked, Optional.empty(), AgentState.FAILED, ending.get()));
      return new Nodes.Running(asked, Optional.empty());
    }
    Instant ready = Instant.now().plusMillis(loadMillis);
    HttpListener listener =
        HttpListener.start(
            HttpSettings.loopback(0),
            new Routes()
                .get(
                    "/health",
                    request ->
                        HttpResponse.text("").status(Instant.now().isBefore(ready) ? 503 : 200)));
    ModelRun run = new ModelRun(asked.model(), asked.variant(), asked.card(), listener.port());
    served.put(asked.model(), new Served(run, Optional.of(listener), AgentState.HEALTHY, ""));
    for (MachineCards.Card card : cards().cards()) {
      if (card.used().orElseThrow().compareTo(card.total()) > 0) {
        overcommitted++;
      }
    }
    return new Nodes.Running(run, Optional.empty());
  }

  private Nodes.All end(Which which) {
    Optional<Served> gone;
    synchronized (this) {
      orders.add("end " + which.model());
      gone = Optional.ofNullable(served.remove(which.model()));
    }
    gone.flatMap(Served::listener).ifPresent(HttpListener::close);
    gone.flatMap(s -> s.run().card())
        .ifPresent(
            card -> {
              Bytes held = needs.getOrDefault(which.model(), Bytes.ZERO);
              Bytes before = strangers.getOrDefault(card, Bytes.ZERO);
              stranger(card, before.plus(held));
              Thread.ofVirtual()
                  .start(
                      () -> {
                        try {
                          Thread.sleep(returnMillis);
                        } catch (InterruptedException e) {
                          Thread.currentThread().interrupt();
                        }
                        stranger(card, before);
                      });
            });
    return all();
  }

  private synchronized Nodes.All all() {
    return new Nodes.All(
        served.values().stream()
            .map(
                s ->
                    new Nodes.Running(
                        s.run(),
                        Optional.of(status(s.run().agent(machine), s.state(), s.reason()))))
            .toList());
  }

  private synchronized MachineCards cards() {
    List<MachineCards.Card> cards = new ArrayList<>();
    for (int i = 0; i < totals.size(); i++) {
      int index = i;
      List<MachineCards.Use> uses =
          served.values().stream()
              .filter(s -> s.run().card().filter(c -> c == index).isPresent())
              .filter(s -> s.listener().isPresent())
              .map(
                  s ->
                      new MachineCards.Use(
                          1,
                          Optional.of(ModelRun.agentName(s.run().model())),
                          needs.getOrDefault(s.run().model(), Bytes.ZERO)))
              .toList();
      Bytes used =
          uses.stream()
              .map(MachineCards.Use::held)
              .reduce(strangers.getOrDefault(i, Bytes.ZERO), Bytes::plus);
      cards.add(
          new MachineCards.Card(
              i, "Fake", totals.get(i), Optional.of(used), Optional.of(0), Optional.of(uses)));
    }
    return new MachineCards(
        machine, "NVML fake", cards, new Bytes(64L << 30), new Bytes(32L << 30));
  }

  private MachineStatus status() {
    return new MachineStatus(
        fleet.name(), machine, Integer.toHexString(fleet.hashCode()), List.of());
  }

  private static AgentStatus status(AgentId id, AgentState state, String reason) {
    return new AgentStatus(
        id,
        "models",
        state,
        reason,
        Optional.empty(),
        Map.of(),
        false,
        Instant.now(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        Optional.empty());
  }

  @Override
  public void close() {
    server.close();
    served.values().forEach(s -> s.listener().ifPresent(HttpListener::close));
  }
}
