package dev.flotilla.assistant.models;

import dev.flotilla.assistant.models.pool.Effect;
import dev.flotilla.assistant.models.pool.Lease;
import dev.flotilla.assistant.models.pool.ModelState;
import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.model.Model;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Has models loaded and taken away by hand: {@code load}, {@code unload}, {@code pin}. */
final class Loading {
  private static final Duration LOOK = Duration.ofMillis(10);

  private final LivePool pool;
  private final KnownModels models;
  private final Lending lending;
  private final Showing showing;

  Loading(LivePool pool, KnownModels models, Lending lending, Showing showing) {
    this.pool = pool;
    this.models = models;
    this.lending = lending;
    this.showing = showing;
  }

  Requests.Shown load(Requests.Which request) throws InterruptedException {
    Model model = models.known(request.model());
    Instant until = pool.now().plus(lending.patience());
    pool.change(p -> p.want(model.name(), pool.now()));
    while (true) {
      Requests.Shown now = showing.model(model.name());
      boolean refused = now.state() == ModelState.ABSENT && !pool.ask(p -> p.wanted(model.name()));
      if (now.state() == ModelState.FAILED) {
        throw Failure.conflict(
                model.name() + " could not be loaded: " + now.reason().orElse("no reason"),
                "a model that can be loaded",
                "See flotilla models.")
            .exception();
      }
      if (refused) {
        var _ = lending.granted(model.name(), "flotilla", 0, Duration.ofSeconds(1));
        continue;
      }
      if (now.state() == ModelState.READY || pool.now().isAfter(until)) {
        return now;
      }
      Thread.sleep(LOOK);
    }
  }

  Requests.Shown unload(Requests.Which request) throws InterruptedException {
    Model model = models.known(request.model());
    List<Effect> effects = new ArrayList<>();
    boolean[] begun = {false};
    pool.change(
        p -> {
          begun[0] = p.unwant(model.name(), pool.now(), effects);
          return effects;
        });
    Requests.Shown now = showing.model(model.name());
    if (!begun[0] && now.state() == ModelState.READY) {
      throw Failure.conflict(
              "%s is in use by %s"
                  .formatted(model.name(), String.join(", ", holders(model.name()))),
              "a model that nobody uses",
              "Wait until it is released.")
          .exception();
    }
    Instant until = pool.now().plus(lending.patience());
    while (now.state() == ModelState.UNLOADING && pool.now().isBefore(until)) {
      Thread.sleep(LOOK);
      now = showing.model(model.name());
    }
    return now;
  }

  private List<String> holders(String model) {
    return pool.ask(
        p ->
            p.leases().stream()
                .filter(lease -> lease.model().equals(model))
                .map(Lease::holder)
                .distinct()
                .toList());
  }

  Requests.Shown pin(Requests.Pin request) {
    Model model = models.known(request.model());
    pool.change(p -> p.pin(model.name(), request.pinned(), pool.now()));
    return showing.model(model.name());
  }
}
