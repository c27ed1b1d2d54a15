package dev.flotilla.assistant.models.catalogue;

import dev.flotilla.assistant.models.memory.Estimate;
import dev.flotilla.assistant.models.memory.Measured;
import dev.flotilla.assistant.models.pool.Card;
import dev.flotilla.assistant.models.pool.CardId;
import dev.flotilla.assistant.models.pool.Demand;
import dev.flotilla.assistant.models.pool.Entry;
import dev.flotilla.model.Bytes;
import dev.flotilla.model.Model;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The models of the manifest with what each would take on each card. Stateless beside its parts,
 * which are thread-safe.
 *
 * @param here the machine on which engines inside of the service run
 * @param idleTimeout of models that say none
 */
public record Catalogue(String here, Duration idleTimeout, Sizes sizes, Learned learned) {
  private static final Duration LOAD_TIME = Duration.ofSeconds(5);

  /** Every model as the pool needs it. */
  public Map<String, Entry> entries(Map<String, Model> models, List<Card> cards) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    models.forEach((name, model) -> entries.put(name, entry(model, cards)));
    return entries;
  }

  private Entry entry(Model model, List<Card> cards) {
    List<Demand.Variant> variants = new ArrayList<>();
    List<String> troubles = new ArrayList<>();
    for (Model.Variant way : model.ways()) {
      try {
        Map<CardId, Estimate> estimates = new LinkedHashMap<>();
        for (Card card : cards) {
          if (allowed(model, card.id())) {
            estimates.put(card.id(), estimate(model, way, card.id()));
          }
        }
        variants.add(new Demand.Variant(way.name(), estimates));
      } catch (Sizes.Unknown e) {
        troubles.add(String.valueOf(e.getMessage()));
      }
    }
    return new Entry(
        model.name(),
        variants,
        model.pinned(),
        model.preload(),
        model.idleTimeout().orElse(idleTimeout),
        loadTime(model, variants),
        model.parallel(),
        variants.isEmpty()
            ? "%s cannot be estimated: %s".formatted(model.name(), String.join("; ", troubles))
            : "");
  }

  private Duration loadTime(Model model, List<Demand.Variant> variants) {
    return variants.stream()
        .findFirst()
        .flatMap(variant -> learned.loadTime(model.name(), variant.name()))
        .or(model::loadTime)
        .orElse(LOAD_TIME);
  }

  /** Whether the manifest lets a model be loaded there. */
  public boolean allowed(Model model, CardId card) {
    if (!model.machines().isEmpty() && !model.machines().contains(card.machine())) {
      return false;
    }
    if (card.isCpu()) {
      return model.cpu() && (model.server().isPresent() || card.machine().equals(here));
    }
    return model.server().isPresent()
        && (model.cards().isEmpty()
            || model.cards().contains(Integer.toString(card.index()))
            || model.cards().contains(card.toString()));
  }

  /** What a variant would take, corrected by what it was seen to take there. */
  public Estimate estimate(Model model, Model.Variant way, CardId card) throws Sizes.Unknown {
    Estimate estimate;
    if (way.vram().isPresent()) {
      estimate = new Estimate(way.vram().get(), Bytes.ZERO, Bytes.ZERO, 1);
    } else if (way.source().filter(Catalogue::isModelFile).isPresent()) {
      estimate =
          sizes.of(
              Path.of(way.source().get()), way.context().map(Integer::longValue), !card.isCpu());
    } else {
      throw new Sizes.Unknown(
          way.source()
              .map(source -> "nothing is known of the size of " + source)
              .orElse("it names no source")
              .concat("; write vram: in the manifest"));
    }
    return learned.correct(key(model, way, card), estimate);
  }

  /** Under which name it is kept what a variant was seen to take. */
  public Measured.Key key(Model model, Model.Variant way, CardId card) {
    return new Measured.Key(card.toString(), model.name(), way.name(), context(way));
  }

  /** The tokens a variant is loaded for. */
  public long context(Model.Variant way) {
    return way.context()
        .map(Integer::longValue)
        .or(
            () ->
                way.source()
                    .filter(source -> source.endsWith(".gguf"))
                    .flatMap(source -> sizes.trainedContext(Path.of(source)))
                    .map(trained -> Math.min(trained, Sizes.CONTEXT)))
        .orElse(Sizes.CONTEXT);
  }

  private static boolean isModelFile(String source) {
    return source.endsWith(".gguf") || source.endsWith(".onnx");
  }

  /** The variant of a model by its name. */
  public static Optional<Model.Variant> way(Model model, String variant) {
    return model.ways().stream().filter(way -> way.name().equals(variant)).findFirst();
  }
}
