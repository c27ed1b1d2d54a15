package dev.flotilla.assistant.tracing;

import dev.flotilla.assistant.router.Choice;
import dev.flotilla.assistant.upstream.Call;
import dev.flotilla.assistant.upstream.Upstream;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.time.Instant;
import java.util.Optional;

/** A request with its span open. Thread-safe. */
final class OpenTelemetryRequest implements RequestSpan {
  private final Tracer tracer;
  private final TextMapPropagator propagator;
  private final Context context;
  private final Span span;
  private final boolean content;
  private volatile Instant routing = Instant.EPOCH;

  OpenTelemetryRequest(
      Tracer tracer, TextMapPropagator propagator, Context context, Span span, boolean content) {
    this.tracer = tracer;
    this.propagator = propagator;
    this.context = context;
    this.span = span;
    this.content = content;
  }

  @Override
  public void admitted() {
    routing = Instant.now();
  }

  @Override
  public void routed(String id, String key, Choice choice) {
    span.setAttribute("flotilla.request.id", id);
    span.setAttribute("flotilla.key", key);
    tracer
        .spanBuilder("route")
        .setParent(context)
        .setStartTimestamp(routing)
        .setAttribute("flotilla.route.task", choice.taskClass())
        .setAttribute("flotilla.route.why", choice.why().sentence())
        .setAttribute("flotilla.route.confidence", choice.confidence())
        .startSpan()
        .end();
  }

  @Override
  public AttemptSpan attempt(String target, Upstream.About about, Call call) {
    return OpenTelemetryAttempt.begin(tracer, propagator, context, target, about, call, content);
  }

  @Override
  public void ended(int status, String outcome, Optional<String> error) {
    span.setAttribute("http.response.status_code", status);
    span.setAttribute("flotilla.outcome", outcome);
    if (status >= 500 || outcome.equals("failed")) {
      span.setAttribute("error.type", status >= 400 ? Integer.toString(status) : "stream_broken");
      span.setStatus(StatusCode.ERROR, error.orElse(""));
    }
    span.end();
  }
}
