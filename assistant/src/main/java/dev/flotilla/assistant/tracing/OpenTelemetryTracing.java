package dev.flotilla.assistant.tracing;

import dev.flotilla.kernel.http.HttpRequest;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sends traces over OTLP, in batches and from threads of its own. Thread-safe. */
final class OpenTelemetryTracing implements Tracing {
  private static final int LAST_BATCH_SECONDS = 3;

  private final OpenTelemetrySdk sdk;
  private final Tracer tracer;
  private final TextMapPropagator propagator;
  private final boolean content;

  private OpenTelemetryTracing(OpenTelemetrySdk sdk, boolean content) {
    this.sdk = sdk;
    this.tracer = sdk.getTracer("dev.flotilla.door");
    this.propagator = sdk.getPropagators().getTextMapPropagator();
    this.content = content;
  }

  static Tracing of(Map<String, String> environment, String fleet, String service) {
    Map<String, String> properties = new HashMap<>();
    properties.put("otel.service.name", service);
    properties.put("otel.resource.attributes", "service.namespace=" + fleet);
    properties.put("otel.exporter.otlp.protocol", "http/protobuf");
    environment.forEach(
        (name, value) -> {
          if (name.startsWith("OTEL_")) {
            properties.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value);
          }
        });
    properties.put("otel.metrics.exporter", "none");
    properties.put("otel.logs.exporter", "none");
    boolean content =
        environment
            .getOrDefault("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", "")
            .equalsIgnoreCase("true");
    try {
      return new OpenTelemetryTracing(
          AutoConfiguredOpenTelemetrySdk.builder()
              .disableShutdownHook()
              .addPropertiesCustomizer(given -> properties)
              .build()
              .getOpenTelemetrySdk(),
          content);
    } catch (ConfigurationException | IllegalStateException | IllegalArgumentException e) {
      throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public RequestSpan begin(HttpRequest request) {
    Context caller = propagator.extract(Context.root(), request, Headers.INSTANCE);
    Span span =
        tracer
            .spanBuilder(request.method() + " " + request.path())
            .setParent(caller)
            .setSpanKind(SpanKind.SERVER)
            .setAttribute("http.request.method", request.method())
            .setAttribute("http.route", request.path())
            .setAttribute("url.path", request.path())
            .setAttribute("url.scheme", "http")
            .startSpan();
    return new OpenTelemetryRequest(tracer, propagator, caller.with(span), span, content);
  }

  @Override
  public void close() {
    sdk.shutdown().join(LAST_BATCH_SECONDS, TimeUnit.SECONDS);
  }

  private enum Headers implements TextMapGetter<HttpRequest> {
    INSTANCE;

    @Override
    public Iterable<String> keys(HttpRequest request) {
      return request.headers().keySet();
    }

    @Override
    public @Nullable String get(@Nullable HttpRequest request, String name) {
      return Optional.ofNullable(request).flatMap(r -> r.header(name)).orElse(null);
    }
  }
}
