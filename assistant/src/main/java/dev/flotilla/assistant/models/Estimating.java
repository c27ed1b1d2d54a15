package dev.flotilla.assistant.models;

import dev.flotilla.assistant.models.catalogue.Catalogue;
import dev.flotilla.assistant.models.catalogue.Sizes;
import dev.flotilla.assistant.models.memory.Estimate;
import dev.flotilla.assistant.models.pool.Card;
import dev.flotilla.assistant.models.pool.Pool;
import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.model.Bytes;
import dev.flotilla.model.Model;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says what a model would take on each card, with the arithmetic. Thread-safe. */
final class Estimating {
  private final LivePool pool;
  private final KnownModels models;
  private final Catalogue catalogue;

  Estimating(LivePool pool, KnownModels models, Catalogue catalogue) {
    this.pool = pool;
    this.models = models;
    this.catalogue = catalogue;
  }

  Requests.Estimates estimate(Requests.EstimateOf request) {
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
        request.model().map(models::known).orElseGet(() -> of(request.file().orElseThrow()));
    List<Requests.Estimated> estimates = new ArrayList<>();
    List<String> troubles = new ArrayList<>();
    boolean anyCard = request.file().isPresent();
    for (Model.Variant way : model.ways()) {
      Model.Variant asked =
          request.context().isEmpty()
              ? way
              : new Model.Variant(
                  way.name(), way.source(), way.vram(), request.context().map(Math::toIntExact));
      for (Card card : pool.ask(Pool::cards)) {
        if (anyCard || catalogue.allowed(model, card.id())) {
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
    Estimate estimate = catalogue.estimate(model, way, card.id());
    Bytes held = pool.ask(p -> p.held(card.id()));
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
}
