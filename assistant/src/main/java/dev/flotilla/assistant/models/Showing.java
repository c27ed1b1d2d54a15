package dev.flotilla.assistant.models;

import dev.flotilla.assistant.models.pool.Card;
import dev.flotilla.assistant.models.pool.CardId;
import dev.flotilla.assistant.models.pool.Entry;
import dev.flotilla.assistant.models.pool.ModelView;
import dev.flotilla.assistant.models.pool.Pool;
import dev.flotilla.model.Bytes;
import dev.flotilla.model.MachineCards;
import dev.flotilla.model.Model;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows how models and cards are: {@code models} and {@code cards}. Thread-safe. */
final class Showing {
  private final LivePool pool;
  private final KnownModels models;
  private final CardReadings readings;

  Showing(LivePool pool, KnownModels models, CardReadings readings) {
    this.pool = pool;
    this.models = models;
    this.readings = readings;
  }

  Requests.Models models() {
    return pool.ask(
        p ->
            new Requests.Models(
                p.views().stream().map(view -> shown(p, view)).toList(),
                p.leases().stream()
                    .map(l -> new Requests.Holder(l.id(), l.model(), l.holder(), l.until()))
                    .toList(),
                p.foresight()));
  }

  Requests.Shown model(String model) {
    return pool.ask(p -> shown(p, p.view(model).orElseThrow()));
  }

  private Requests.Shown shown(Pool p, ModelView view) {
    Optional<Model> model = Optional.ofNullable(models.all().get(view.model()));
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
        entry.map(Entry::trouble).flatMap(Showing::text));
  }

  private static Optional<String> text(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  Requests.Cards cards() {
    Map<String, MachineCards> last = readings.all();
    List<Requests.CardShown> shown =
        pool.ask(p -> p.cards().stream().map(card -> shown(p, card, last)).toList());
    return new Requests.Cards(
        shown,
        last.values().stream()
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
}
