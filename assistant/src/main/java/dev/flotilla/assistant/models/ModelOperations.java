package dev.flotilla.assistant.models;

import dev.flotilla.kernel.operation.Operation;
import java.util.List;

/** What the service can be asked. */
record ModelOperations(Lending lending, Loading loading, Showing showing, Estimating estimating) {

  List<Operation<?, ?>> all() {
    return List.of(
        Operation.of("acquire", Requests.Acquire.class, Requests.Acquired.class, lending::acquire)
            .summary(
                "Lends a model: loads it if need be, and keeps it there while the lease stands.")
            .endsWithItsCaller(),
        Operation.of("renew", Requests.Renew.class, Requests.Renewed.class, lending::renew)
            .summary("Lets a lease stand longer."),
        Operation.of("release", Requests.Release.class, Requests.Released.class, lending::release)
            .summary("Gives a lease back."),
        Operation.of(
                "models", Operation.Nothing.class, Requests.Models.class, none -> showing.models())
            .summary("The catalogue, and how each model is."),
        Operation.of("load", Requests.Which.class, Requests.Shown.class, loading::load)
            .summary("Loads a model without using it."),
        Operation.of("unload", Requests.Which.class, Requests.Shown.class, loading::unload)
            .summary("Takes a model away that nobody uses."),
        Operation.of("pin", Requests.Pin.class, Requests.Shown.class, loading::pin)
            .summary("Keeps a model loaded whatever comes, or no longer."),
        Operation.of(
                "estimate",
                Requests.EstimateOf.class,
                Requests.Estimates.class,
                estimating::estimate)
            .summary("What a model would take on each card, with the arithmetic."),
        Operation.of(
                "cards", Operation.Nothing.class, Requests.Cards.class, none -> showing.cards())
            .summary("The cards, and who holds how much of them."));
  }
}
