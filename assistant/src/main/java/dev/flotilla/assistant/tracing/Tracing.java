package dev.flotilla.assistant.tracing;

import dev.flotilla.kernel.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes a trace of each request, or none. Thread-safe. */
public interface Tracing extends AutoCloseable {
  /** What must be set for traces to be sent: the endpoint of all signals, or that of traces. */
  String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";

  /** See {@link #ENDPOINT}. */
  String TRACES_ENDPOINT = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";

  /** No spans; the caller's trace context is passed on as it came. */
  Tracing OFF =
      new Tracing() {
        @Override
        public RequestSpan begin(HttpRequest request) {
          return request.header("traceparent").isEmpty()
              ? RequestSpan.NONE
              : RequestSpan.passing(context(request));
        }

        @Override
        public void close() {}
      };

  /** The server's span of a request. */
  RequestSpan begin(HttpRequest request);

  /** Sends what is left to be sent. */
  @Override
  void close();

  /**
   * As the variables {@code OTEL_…} say.
   *
   * @param fleet what the traces name as their namespace unless the variables do
   * @param service what they name as their service
   * @throws IllegalArgumentException when the variables are wrong
   */
  static Tracing of(Map<String, String> environment, String fleet, String service) {
    boolean wanted =
        !environment.getOrDefault(ENDPOINT, "").isBlank()
            || !environment.getOrDefault(TRACES_ENDPOINT, "").isBlank();
    boolean disabled = environment.getOrDefault("OTEL_SDK_DISABLED", "").equalsIgnoreCase("true");
    return wanted && !disabled ? OpenTelemetryTracing.of(environment, fleet, service) : OFF;
  }

  private static Map<String, String> context(HttpRequest request) {
    Map<String, String> context = new LinkedHashMap<>();
    for (String name : new String[] {"traceparent", "tracestate", "baggage"}) {
      request.header(name).ifPresent(value -> context.put(name, value));
    }
    return context;
  }
}
