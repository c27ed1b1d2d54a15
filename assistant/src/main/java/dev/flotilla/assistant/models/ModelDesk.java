package dev.flotilla.assistant.models;

import dev.flotilla.assistant.models.catalogue.Sizes;
import dev.flotilla.assistant.models.memory.Estimate;
import dev.flotilla.assistant.models.pool.Card;
import dev.flotilla.assistant.models.pool.CardId;
import dev.flotilla.assistant.models.pool.Effect;
import dev.flotilla.assistant.models.pool.Entry;
import dev.flotilla.assistant.models.pool.Lease;
import dev.flotilla.assistant.models.pool.ModelState;
import dev.flotilla.assistant.models.pool.Pool;
import dev.flotilla.assistant.models.pool.Request;
import dev.flotilla.assistant.models.pool.ModelView;
import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.kernel.failure.OperationException;
import dev.flotilla.kernel.operation.Deadline;
import dev.flotilla.kernel.operation.Operation;
import dev.flotilla.model.Bytes;
import dev.flotilla.model.MachineCards;
import dev.flotilla.model.Model;
import dev.flotilla.model.shape.Nearest;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** Answers what the service is asked. Thread-safe. */
final class ModelDesk {
  /** Before the caller's deadline, so that the answer still reaches him. */
  private static final Duration EARLY = Duration.ofMillis(100);

  private static final Duration LONGEST_LEASE = Duration.ofHours(1);

  private final Floor floor;
  private final ModelManagerConfig config;
  private final Instant started;
  private final AtomicLong numbers = new AtomicLong();

  ModelDesk(Floor floor, ModelManagerConfig config) {
    this.floor = floor;
    this.config = config;
    this.started = floor.now();
  }

  List<Operation<?, ?>> operations() {
    return List.of(
        Operation.of("acquire", Requests.Acquire.class, Requests.Acquired.class, this::acquire)
            .summary(
                "Lends a model: loads it if need be, and keeps it there while the lease stands."),
        Operation.of("renew", Requests.Renew.class, Requests.Renewed.class, this::renew)
            .summary("Lets a lease stand longer."),
        Operation.of("release", Requests.Release.class, Requests.Released.class, this::release)
            .summary("Gives a lease back."),
        Operation.of("models", Operation.Nothing.class, Requests.Models.class, none -> models())
            .summary("The catalogue, and how each model is."),
        Operation.of("load", Requests.Which.class, Requests.Shown.class, this::load)
            .summary("Loads a model without using it."),
        Operation.of("unload", Requests.Which.class, Requests.Shown.class, this::unload)
            .summary("Takes a model away that nobody uses."),
        Operation.of("pin", Requests.Pin.class, Requests.Shown.class, this::pin)
            .summary("Keeps a model loaded whatever comes, or no longer."),
        Operation.of(
                "estimate", Requests.EstimateOf.class, Requests.Estimates.class, this::estimate)
            .summary("What a model would take on each card, with the arithmetic."),
        Operation.of("cards", Operation.Nothing.class, Requests.Cards.class, none -> cards())
            .summary("The cards, and who holds how much of them."));
  }

  private Requests.Acquired acquire(Requests.Acquire request) throws InterruptedException {
    Model model = known(request.model());
    if (request.holder().isBlank()) {
      throw Failure.badRequest("holder", "an empty name", "who uses it", "Give an agent's name.")
          .exception();
    }
    Instant asked = floor.now();
    Effect.Grant grant =
        granted(
            new Request(
                numbers.incrementAndGet(),
                model.name(),
                request.holder(),
                request.priority().orElse(0),
                ttl(request.ttl())));
    return new Requests.Acquired(
        grant.lease().id(),
        model.name(),
        grant.variant(),
        model.kind(),
        model.engine(),
        grant.card().toString(),
        grant.address(),
        grant.address() + "/v1",
        grant.lease().until(),
        Duration.between(asked, floor.now()));
  }

  private Effect.Grant granted(Request request) throws InterruptedException {
    CompletableFuture<Effect.Grant> answer = floor.acquire(request);
    try {
      return answer.get(patience().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      String found = waitingFor(request.model());
      floor.withdraw(request.number());
      throw Failure.of(
              Failure.Kind.DEADLINE_EXCEEDED,
              found,
              "the model before the deadline",
              "Wait longer: it goes on being loaded when that has begun.")
          .exception();
    } catch (InterruptedException e) {
      floor.withdraw(request.number());
      throw e;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof OperationException refused) {
        throw refused;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private String waitingFor(String model) {
    return floor
        .ask(p -> p.view(model))
        .map(
            view ->
                "%s is %s and %d wait for it"
                    .formatted(model, view.state().name().toLowerCase(Locale.ROOT), view.waiting()))
        .orElse(model + " is not known");
  }

  private Duration patience() {
    Duration rest =
        Deadline.current()
            .map(end -> Duration.between(floor.now(), end).minus(EARLY))
            .filter(left -> left.compareTo(config.longestWait()) < 0)
            .orElse(config.longestWait());
    return rest.isNegative() ? Duration.ZERO : rest;
  }

  private Duration ttl(Optional<Duration> asked) {
    Duration ttl = asked.orElse(config.lease());
    if (!ttl.isPositive() || ttl.compareTo(LONGEST_LEASE) > 0) {
      throw Failure.badRequest(
              "ttl", ttl.toMillis() / 1e3 + " s", "more than 0 and at most an hour", "Renew it.")
          .exception();
    }
    return ttl;
  }

  private Requests.Renewed renew(Requests.Renew request) {
    Duration ttl = ttl(request.ttl());
    boolean young =
        Duration.between(started, floor.now()).compareTo(config.lease().multipliedBy(2)) < 0;
    Optional<Lease> lease =
        floor.ask(
            p ->
                p.renew(
                    request.lease(),
                    request.holder().orElse("unknown"),
                    ttl,
                    young && request.holder().isPresent(),
                    floor.now()));
    return lease
        .map(l -> new Requests.Renewed(l.id(), l.until()))
        .orElseThrow(
            () ->
                Failure.notFound(
                        "no lease " + request.lease(),
                        "a lease that stands",
                        "It ended, or its model did; acquire the model again.")
                    .exception());
  }

  private Requests.Released release(Requests.Release request) {
    boolean there =
        floor.ask(p -> p.leases().stream().anyMatch(l -> l.id().equals(request.lease())));
    floor.change(p -> p.release(request.lease(), floor.now()));
    return new Requests.Released(there);
  }

  private Requests.Models models() {
    return floor.ask(
        p ->
            new Requests.Models(
                p.views().stream().map(view -> shown(p, view)).toList(),
                p.leases().stream()
                    .map(l -> new Requests.Holder(l.id(), l.model(), l.holder(), l.until()))
                    .toList(),
                p.foresight()));
  }

  private Requests.Shown load(Requests.Which request) throws InterruptedException {
    Model model = known(request.model());
    Instant until = floor.now().plus(patience());
    floor.change(p -> p.want(model.name(), floor.now()));
    while (true) {
      Requests.Shown now = shown(model.name());
      boolean settled = now.state() == ModelState.READY || now.state() == ModelState.FAILED;
      boolean refused = now.state() == ModelState.ABSENT && !floor.ask(p -> p.wanted(model.name()));
      if (now.state() == ModelState.FAILED) {
        throw Failure.conflict(
                model.name() + " could not be loaded: " + now.reason().orElse("no reason"),
                "a model that can be loaded",
                "See flotilla models.")
            .exception();
      }
      if (refused) {
        granted(
            new Request(
                numbers.incrementAndGet(), model.name(), "flotilla", 0, Duration.ofSeconds(1)));
        continue;
      }
      if (settled || floor.now().isAfter(until)) {
        return now;
      }
      Thread.sleep(10);
    }
  }

  private Requests.Shown unload(Requests.Which request) throws InterruptedException {
    Model model = known(request.model());
    List<Effect> effects = new ArrayList<>();
    boolean[] begun = {false};
    floor.change(
        p -> {
          begun[0] = p.unwant(model.name(), floor.now(), effects);
          return effects;
        });
    Requests.Shown now = shown(model.name());
    if (!begun[0] && now.state() == ModelState.READY) {
      throw Failure.conflict(
              "%s is in use by %s"
                  .formatted(model.name(), String.join(", ", holders(model.name()))),
              "a model that nobody uses",
              "Wait until it is released.")
          .exception();
    }
    Instant until = floor.now().plus(patience());
    while (now.state() == ModelState.UNLOADING && floor.now().isBefore(until)) {
      Thread.sleep(10);
      now = shown(model.name());
    }
    return now;
  }

  private List<String> holders(String model) {
    return floor.ask(
        p ->
            p.leases().stream()
                .filter(lease -> lease.model().equals(model))
                .map(Lease::holder)
                .distinct()
                .toList());
  }

  private Requests.Shown pin(Requests.Pin request) {
    Model model = known(request.model());
    floor.change(p -> p.pin(model.name(), request.pinned(), floor.now()));
    return shown(model.name());
  }

  private Requests.Shown shown(String model) {
    return floor.ask(p -> shown(p, p.view(model).orElseThrow()));
  }

  private Requests.Shown shown(Pool p, ModelView view) {
    Optional<Model> model = Optional.ofNullable(floor.fleet().models().get(view.model()));
    Optional<Entry> entry = p.entry(view.model());
    return new Requests.Shown(
        view.model(),
        model.map(Model::kind).orElse("other"),
        model.map(Model::engine).orElse(""),
        view.state(),
        view.since(),
        view.variant(),
        model.stream().flatMap(m -> m.ways().stream()).map(Model.Variant::name).toList(),
        view.card().map(CardId::toString),
        view.held(),
        text(view.address()),
        view.leases(),
        view.waiting(),
        view.pinned(),
        entry.map(Entry::preload).orElse(false),
        view.draining(),
        view.lastUsed(),
        text(view.reason()),
        entry.map(Entry::trouble).flatMap(ModelDesk::text));
  }

  private static Optional<String> text(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private Requests.Cards cards() {
    Map<String, MachineCards> readings = floor.readings();
    List<Requests.CardShown> shown =
        floor.ask(p -> p.cards().stream().map(card -> shown(p, card, readings)).toList());
    return new Requests.Cards(
        shown,
        readings.values().stream()
            .map(reading -> new Requests.MachineDriver(reading.machine(), reading.driver()))
            .toList());
  }

  private static Requests.CardShown shown(Pool p, Card card, Map<String, MachineCards> readings) {
    Optional<MachineCards.Card> reading =
        Optional.ofNullable(readings.get(card.id().machine())).stream()
            .flatMap(machine -> machine.cards().stream())
            .filter(each -> each.index() == card.id().index())
            .findFirst();
    Bytes held = p.held(card.id());
    return new Requests.CardShown(
        card.id().toString(),
        card.id().isCpu()
            ? "main memory"
            : reading.map(MachineCards.Card::name).orElse("GPU " + card.id().index()),
        card.total(),
        reading.flatMap(MachineCards.Card::used),
        held,
        card.foreign(),
        new Bytes(Math.max(0, card.ceiling() - held.count())),
        reading.flatMap(MachineCards.Card::utilisation),
        p.views().stream()
            .filter(view -> view.card().filter(card.id()::equals).isPresent())
            .map(ModelView::model)
            .toList());
  }

  private Requests.Estimates estimate(Requests.EstimateOf request) {
    if (request.model().isPresent() == request.file().isPresent()) {
      throw Failure.badRequest(
              "model",
              request.model().isPresent() ? "model and file" : "neither model nor file",
              "one of them",
              "Name a model of the manifest, or a GGUF or ONNX file.")
          .exception();
    }
    if (request.context().filter(tokens -> tokens < 1 || tokens > 100_000_000).isPresent()) {
      throw Failure.badRequest(
              "context",
              String.valueOf(request.context().get()),
              "1 to 100000000 tokens",
              "Lower it.")
          .exception();
    }
    Model model =
        request.model().map(this::known).orElseGet(() -> of(request.file().orElseThrow()));
    List<Requests.Estimated> estimates = new ArrayList<>();
    List<String> troubles = new ArrayList<>();
    boolean anyCard = request.file().isPresent();
    for (Model.Variant way : model.ways()) {
      Model.Variant asked =
          request.context().isEmpty()
              ? way
              : new Model.Variant(
                  way.name(), way.source(), way.vram(), request.context().map(Math::toIntExact));
      for (Card card : floor.ask(Pool::cards)) {
        if (anyCard || floor.catalogue().allowed(model, card.id())) {
          try {
            estimates.add(estimated(model, asked, card));
          } catch (Sizes.Unknown e) {
            String trouble = way.name() + ": " + e.getMessage();
            if (!troubles.contains(trouble)) {
              troubles.add(trouble);
            }
          }
        }
      }
    }
    if (estimates.isEmpty() && !troubles.isEmpty() && anyCard) {
      throw Failure.badRequest(
              "file", troubles.getFirst(), "a GGUF or ONNX file", "Name another file.")
          .exception();
    }
    return new Requests.Estimates(model.name(), estimates, troubles);
  }

  private Requests.Estimated estimated(Model model, Model.Variant way, Card card)
      throws Sizes.Unknown {
    Estimate estimate = floor.catalogue().estimate(model, way, card.id());
    Bytes held = floor.ask(p -> p.held(card.id()));
    long total = estimate.total().count();
    return new Requests.Estimated(
        way.name(),
        card.id().toString(),
        estimate,
        estimate.total(),
        estimate.arithmetic(),
        new Bytes(card.ceiling()),
        total <= card.ceiling(),
        total <= card.ceiling() - held.count());
  }

  private static Model of(String file) {
    try {
      String name = String.valueOf(Path.of(file).getFileName());
      return new Model(
          name,
          "other",
          "llama.cpp",
          Optional.of(file),
          Optional.empty(),
          List.of(),
          false,
          false,
          Map.of());
    } catch (InvalidPathException e) {
      throw Failure.badRequest("file", "\"" + file + "\"", "a file", "Name another.").exception();
    }
  }

  /** The model of the manifest, else a refusal that names the nearest. */
  private Model known(String name) {
    Map<String, Model> models = floor.fleet().models();
    Model model = models.get(name);
    if (model == null) {
      throw Failure.notFound(
              "no model \"" + name + "\"",
              models.isEmpty()
                  ? "a model of the manifest, which has none"
                  : "one of " + String.join(", ", models.keySet()),
              Nearest.to(name, models.keySet())
                  .map(near -> "Did you mean " + near + "?")
                  .orElse("Declare it under models in the manifest."))
          .exception();
    }
    if (floor.ask(p -> p.entry(name)).isEmpty()) {
      floor.look();
    }
    return model;
  }
}
