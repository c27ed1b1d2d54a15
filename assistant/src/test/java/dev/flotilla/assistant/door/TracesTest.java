package dev.flotilla.assistant.door;

import static dev.flotilla.assistant.door.DoorSetup.body;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces as a collector gets them: OTLP over HTTP, decoded by OpenTelemetry's own messages. */
final class TracesTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String CALLER = "00f067aa0ba902b7";

  @TempDir private Path state;
  private final Queue<ResourceSpans> received = new ConcurrentLinkedQueue<>();
  private HttpServer collector;
  private ScriptedUpstream first;
  private ScriptedUpstream second;

  @BeforeEach
  void open() throws IOException {
    first = new ScriptedUpstream();
    second = new ScriptedUpstream();
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
          try (InputStream in =
              zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
            received.addAll(ExportTraceServiceRequest.parseFrom(in).getResourceSpansList());
          }
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
  }

  @AfterEach
  void close() throws IOException {
    collector.stop(0);
    first.close();
    second.close();
  }

  private String endpoint() {
    return "OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:%d'"
        .formatted(collector.getAddress().getPort());
  }

  private DoorSetup door(String env) throws IOException {
    String router =
        """
        targets:
          first: {url: '%s', model: scripted-large}
          second: {url: '%s'}
        tasks:
          heavy_tasks: {patterns: [code_generation], target: first, fallback: second}
        """
            .formatted(first.url(), second.url());
    return new DoorSetup(state, router, "", env);
  }

  /** All spans by name, once the door has been closed and has sent what it had. */
  private Map<String, Span> spans() {
    return received.stream()
        .flatMap(resource -> resource.getScopeSpansList().stream())
        .flatMap(scope -> scope.getSpansList().stream())
        .collect(Collectors.toMap(Span::getName, span -> span));
  }

  private Span span(String name) {
    return Optional.ofNullable(spans().get(name)).orElseThrow();
  }

  private static Map<String, AnyValue> attributes(List<KeyValue> list) {
    return list.stream().collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));
  }

  private static String text(Span span, String name) {
    return attributes(span.getAttributesList())
        .getOrDefault(name, AnyValue.getDefaultInstance())
        .getStringValue();
  }

  private static long number(Span span, String name) {
    return attributes(span.getAttributesList())
        .getOrDefault(name, AnyValue.getDefaultInstance())
        .getIntValue();
  }

  private static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }

  @Test
  void aRequestIsATraceOfItsRouteAndItsAttemptsInTheCallersTrace() throws IOException {
    first.then(ScriptedUpstream.fails(500, ""));
    second.then(ScriptedUpstream.answers("fine"));
    try (DoorSetup door = door(endpoint())) {
      door.chat("auto", "code generation", "traceparent", "00-" + TRACE + "-" + CALLER + "-01");
    }
    Map<String, Span> spans = spans();
    assertThat(spans)
        .containsOnlyKeys("POST /v1/chat/completions", "route", "chat scripted-large", "chat auto");

    Span server = span("POST /v1/chat/completions");
    assertThat(server.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
    assertThat(hex(server.getTraceId())).isEqualTo(TRACE);
    assertThat(hex(server.getParentSpanId())).isEqualTo(CALLER);
    assertThat(number(server, "http.response.status_code")).isEqualTo(200);
    assertThat(spans.values()).allMatch(span -> hex(span.getTraceId()).equals(TRACE));
    assertThat(text(span("route"), "flotilla.route.task")).isEqualTo("heavy_tasks");

    Span failed = span("chat scripted-large");
    assertThat(failed.getParentSpanId()).isEqualTo(server.getSpanId());
    assertThat(failed.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
    assertThat(text(failed, "error.type")).isEqualTo("500");
    assertThat(failed.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);

    Span answered = span("chat auto");
    assertThat(text(answered, "gen_ai.operation.name")).isEqualTo("chat");
    assertThat(text(answered, "gen_ai.provider.name")).isEqualTo("openai");
    assertThat(text(answered, "gen_ai.request.model")).isEqualTo("auto");
    assertThat(text(answered, "gen_ai.response.model")).isEqualTo("scripted");
    assertThat(text(answered, "gen_ai.response.id")).isEqualTo("chatcmpl-1");
    assertThat(text(answered, "server.address")).isEqualTo("127.0.0.1");
    assertThat(number(answered, "server.port")).isPositive();
    assertThat(number(answered, "gen_ai.usage.input_tokens")).isEqualTo(7);
    assertThat(number(answered, "gen_ai.usage.output_tokens")).isEqualTo(3);
    assertThat(
            attributes(answered.getAttributesList())
                .getOrDefault("gen_ai.response.finish_reasons", AnyValue.getDefaultInstance())
                .getArrayValue()
                .getValues(0)
                .getStringValue())
        .isEqualTo("stop");
    assertThat(second.requests().getFirst().headers())
        .containsEntry("traceparent", "00-" + TRACE + "-" + hex(answered.getSpanId()) + "-01");
    assertThat(
            attributes(received.element().getResource().getAttributesList())
                .getOrDefault("service.name", AnyValue.getDefaultInstance())
                .getStringValue())
        .isEqualTo("RequestCoordinator");
    assertThat(received.toString()).doesNotContain("code generation").doesNotContain("fine");
  }

  @Test
  void aStreamsSpanHasItsUsageAndItsBreakingOff() throws IOException {
    first.then(ScriptedUpstream.streams("one ", "two"), ScriptedUpstream.breaksAfter("begun"));
    try (DoorSetup door = door(endpoint())) {
      door.post("/v1/chat/completions", body("first", "x", true));
    }
    Span whole = span("chat scripted-large");
    assertThat(number(whole, "gen_ai.usage.output_tokens")).isEqualTo(2);
    assertThat(attributes(whole.getAttributesList()))
        .containsKey("gen_ai.response.time_to_first_chunk");
    assertThat(text(whole, "error.type")).isEmpty();
    received.clear();
    try (DoorSetup door = door(endpoint())) {
      door.post("/v1/chat/completions", body("first", "x", true));
    }
    Span broken = span("chat scripted-large");
    assertThat(text(broken, "error.type")).isEqualTo("broken");
    assertThat(span("POST /v1/chat/completions").getStatus().getCode())
        .isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
  }

  @Test
  void whatWasSaidIsInATraceOnlyWhereItIsAskedFor() throws IOException {
    first.then(ScriptedUpstream.answers("the answer"));
    try (DoorSetup door =
        door(endpoint() + ", OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'true'")) {
      door.chat("first", "the question");
    }
    assertThat(text(span("chat scripted-large"), "gen_ai.input.messages"))
        .isEqualTo(
            "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"the question\"}]}]");
    assertThat(text(span("chat scripted-large"), "gen_ai.output.messages"))
        .isEqualTo(
            "[{\"role\":\"assistant\",\"parts\":[{\"type\":\"text\",\"content\":\"the"
                + " answer\"}],\"finish_reason\":\"stop\"}]");
  }

  @Test
  void whatWasAskedForHasTheNamesOfTheConventions() throws IOException {
    first.then(
        (request, out, socket) ->
            ScriptedUpstream.send(
                out,
                200,
                "application/json",
                "",
                ScriptedUpstream.completion("fine")
                    .replace(
                        "\"total_tokens\":10",
                        "\"total_tokens\":10,\"prompt_tokens_details\":{\"cached_tokens\":5},\"completion_tokens_details\":{\"reasoning_tokens\":2}")));
    try (DoorSetup door = door(endpoint())) {
      door.post(
          "/v1/chat/completions",
          body("first", "x", false)
              .replace(
                  "{\"model",
                  "{\"n\":2,\"seed\":7,\"stop\":[\"a\"],\"max_completion_tokens\":9,\"response_format\":{\"type\":\"json_object\"},\"model"));
    }
    Span span = span("chat scripted-large");
    assertThat(number(span, "gen_ai.request.choice.count")).isEqualTo(2);
    assertThat(number(span, "gen_ai.request.seed")).isEqualTo(7);
    assertThat(number(span, "gen_ai.request.max_tokens")).isEqualTo(9);
    assertThat(text(span, "gen_ai.output.type")).isEqualTo("json");
    assertThat(attributes(span.getAttributesList())).containsKey("gen_ai.request.stop_sequences");
    assertThat(number(span, "gen_ai.usage.cache_read.input_tokens")).isEqualTo(5);
    assertThat(number(span, "gen_ai.usage.reasoning.output_tokens")).isEqualTo(2);
  }

  @Test
  void withoutAnEndpointTheCallersContextIsPassedOnAndNothingIsSent() throws IOException {
    String parent = "00-" + TRACE + "-" + CALLER + "-01";
    try (DoorSetup door = door("NOTHING: here")) {
      door.chat("first", "x", "traceparent", parent);
    }
    assertThat(first.requests().getFirst().headers()).containsEntry("traceparent", parent);
    assertThat(received).isEmpty();
  }

  @Test
  void wrongVariablesTurnTracesOffAndNothingElse() throws IOException {
    try (DoorSetup door = door(endpoint() + ", OTEL_TRACES_SAMPLER: nonsense")) {
      assertThat(door.chat("first", "x").statusCode()).isEqualTo(200);
    }
    assertThat(received).isEmpty();
  }
}
