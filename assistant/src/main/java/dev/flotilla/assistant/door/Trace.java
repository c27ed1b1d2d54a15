package dev.flotilla.assistant.door;

import dev.flotilla.assistant.router.Choice;
import dev.flotilla.assistant.tracing.RequestSpan;
import dev.flotilla.assistant.upstream.Call;
import dev.flotilla.assistant.upstream.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An {@link Explanation} while it is being made. Thread-safe. */
final class Trace {
  private final String id;
  private final Instant at;
  private final long begun = System.nanoTime();
  private final Call.Kind kind;
  private final RequestSpan span;
  private final Map<String, Double> milliseconds = new LinkedHashMap<>();
  private final List<Explanation.Attempt> attempts = new ArrayList<>();
  private String key = "";
  private Optional<String> asked = Optional.empty();
  private boolean stream;
  private String outcome = "running";
  private Optional<String> answeredBy = Optional.empty();
  private Optional<Choice> choice = Optional.empty();
  private Map<String, String> breakers = Map.of();
  private String cache = "off";
  private Usage usage = Usage.NONE;
  private Explanation.Beside beside = Explanation.Beside.NOTHING;
  private double cost;
  private Optional<String> error = Optional.empty();

  Trace(String id, Instant at, Call.Kind kind, RequestSpan span) {
    this.span = span;
    this.id = id;
    this.at = at;
    this.kind = kind;
  }

  String id() {
    return id;
  }

  synchronized void asked(String keyName, Optional<String> model, boolean streamed) {
    key = keyName;
    asked = model;
    stream = streamed;
  }

  /** For OpenTelemetry. */
  RequestSpan span() {
    return span;
  }

  synchronized void routed(Choice chosen) {
    choice = Optional.of(chosen);
    span.routed(id, key, chosen);
  }

  synchronized void tried(String target, String how, String reason, Duration waited, long since) {
    attempts.add(
        new Explanation.Attempt(
            target, how, reason, waited.toMillis(), rounded((System.nanoTime() - since) / 1e6)));
  }

  synchronized void passedOver(String target, String reason) {
    attempts.add(new Explanation.Attempt(target, "passed over", reason, 0, 0));
  }

  /** Ends a stage that began when the one before it ended. */
  synchronized void stage(String name) {
    milliseconds.put(name, rounded(elapsed()));
  }

  /** Whether it was answered, all of it. */
  synchronized boolean answered() {
    return outcome.equals("answered");
  }

  synchronized void answeredBy(String target) {
    answeredBy = Optional.of(target);
  }

  synchronized void cache(String how) {
    cache = how;
  }

  synchronized void ended(
      int status, String how, Optional<String> why, Map<String, String> states) {
    outcome = how;
    error = why;
    breakers = Map.copyOf(states);
    milliseconds.put("total", rounded(elapsed()));
    span.ended(status, how, why);
  }

  /** Something was spent on the request beside its answer. */
  synchronized void spent(Usage took, double money) {
    beside =
        new Explanation.Beside(
            beside.input() + took.input(), beside.output() + took.output(), beside.cost() + money);
  }

  synchronized Explanation.Beside beside() {
    return beside;
  }

  synchronized void took(Usage all, double money) {
    usage = all;
    cost = money;
  }

  synchronized Explanation explanation() {
    return new Explanation(
        id,
        at,
        key,
        kind.name().toLowerCase(Locale.ROOT),
        asked,
        stream,
        outcome,
        answeredBy,
        choice.map(Trace::routing),
        List.copyOf(attempts),
        breakers,
        cache,
        new LinkedHashMap<>(milliseconds),
        usage,
        beside,
        cost,
        error);
  }

  private static Explanation.Routing routing(Choice choice) {
    return new Explanation.Routing(
        choice.taskClass(), choice.targets(), choice.why().sentence(), choice.confidence());
  }

  /** Hands what is to be counted to the metrics. */
  synchronized void count(DoorMetrics metrics) {
    metrics.count(
        choice.map(Choice::taskClass).orElse(""),
        answeredBy.orElse("none"),
        key,
        outcome,
        usage,
        cost,
        milliseconds);
    metrics.cache(cache);
    attempts.forEach(a -> metrics.attempt(a.target(), a.outcome()));
  }

  /** Every target asked or passed over, once each. */
  synchronized List<String> targets() {
    return attempts.size() == 1
        ? List.of(attempts.getFirst().target())
        : attempts.stream().map(Explanation.Attempt::target).distinct().toList();
  }

  private double elapsed() {
    return (System.nanoTime() - begun) / 1e6;
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
