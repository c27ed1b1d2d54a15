package dev.flotilla.assistant.door;

import dev.flotilla.assistant.upstream.UpstreamException;
import dev.flotilla.assistant.upstream.Usage;
import java.util.Optional;

/** What is done for every request at its end, however it ended. Thread-safe. */
final class Settlement {
  private final Visitor visitor;
  private final Asking asking;
  private final DoorMetrics metrics;
  private final Explanations explanations;

  Settlement(Visitor visitor, Asking asking, DoorMetrics metrics, Explanations explanations) {
    this.visitor = visitor;
    this.asking = asking;
    this.metrics = metrics;
    this.explanations = explanations;
  }

  /** Charges a request for what it took, the judge and answers that were too weak included. */
  void took(Trace trace, RoutingTable.Leaf leaf, Usage usage, Admitted admitted) {
    Explanation.Beside beside = trace.beside();
    double cost = leaf.cost(usage.input(), usage.output()) + beside.cost();
    trace.took(usage, cost);
    long tokens = usage.total() + beside.input() + beside.output();
    admitted.budget().get().ifPresent(budget -> visitor.took(admitted.key(), budget, tokens, cost));
  }

  /** Closes a request's explanation and counts it. */
  void end(Trace trace, int status, String outcome, Optional<String> error) {
    trace.ended(status, outcome, error, asking.states(trace.targets()));
    trace.count(metrics);
    explanations.ended(trace);
  }

  /** A target's stream broke after it had begun. */
  void broke(String target, UpstreamException how) {
    asking.broke(target, how);
  }
}
