package dev.flotilla.assistant.tracing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.assistant.upstream.Call;
import dev.flotilla.assistant.upstream.Upstream;
import dev.flotilla.assistant.upstream.Usage;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A target that is being asked, by the conventions for generative AI. Thread-safe. */
final class OpenTelemetryAttempt implements AttemptSpan {
  private static final AttributeKey<List<String>> FINISH =
      AttributeKey.stringArrayKey("gen_ai.response.finish_reasons");

  private final Span span;
  private final Map<String, String> headers;
  private final boolean content;

  private OpenTelemetryAttempt(Span span, Map<String, String> headers, boolean content) {
    this.span = span;
    this.headers = Map.copyOf(headers);
    this.content = content;
  }

  static AttemptSpan begin(
      Tracer tracer,
      TextMapPropagator propagator,
      Context parent,
      String target,
      Upstream.About about,
      Call call,
      boolean content) {
    String operation = operation(call.kind());
    ObjectNode body = call.body();
    String model = about.model().orElseGet(() -> body.path("model").asText(target));
    SpanBuilder builder =
        tracer
            .spanBuilder(operation + " " + model)
            .setParent(parent)
            .setSpanKind(SpanKind.CLIENT)
            .setAttribute("gen_ai.operation.name", operation)
            .setAttribute("gen_ai.provider.name", about.provider())
            .setAttribute("gen_ai.request.model", model)
            .setAttribute("gen_ai.request.stream", call.stream())
            .setAttribute("flotilla.target", target);
    about
        .server()
        .ifPresent(
            uri -> {
              builder.setAttribute("server.address", uri.getHost());
              if (uri.getPort() > 0) {
                builder.setAttribute("server.port", (long) uri.getPort());
              }
            });
    for (String number : List.of("temperature", "top_p", "frequency_penalty", "presence_penalty")) {
      if (body.path(number).isNumber()) {
        builder.setAttribute("gen_ai.request." + number, body.path(number).asDouble());
      }
    }
    JsonNode most = body.path("max_completion_tokens");
    JsonNode longest = most.isNumber() ? most : body.path("max_tokens");
    if (longest.isNumber()) {
      builder.setAttribute("gen_ai.request.max_tokens", longest.asLong());
    }
    if (content && body.has("messages")) {
      builder.setAttribute("gen_ai.input.messages", body.path("messages").toString());
    }
    Span span = builder.startSpan();
    Map<String, String> headers = new HashMap<>();
    propagator.inject(parent.with(span), headers, (to, name, value) -> headers.put(name, value));
    return new OpenTelemetryAttempt(span, headers, content);
  }

  private static String operation(Call.Kind kind) {
    return switch (kind) {
      case CHAT -> "chat";
      case COMPLETION -> "text_completion";
      case EMBEDDING -> "embeddings";
    };
  }

  @Override
  public Map<String, String> headers() {
    return headers;
  }

  @Override
  public void begun() {
    span.addEvent("first words");
  }

  @Override
  public void answered(JsonNode answer, Usage usage, Supplier<String> said) {
    for (String word : List.of("id", "model")) {
      if (answer.path(word).isTextual()) {
        span.setAttribute("gen_ai.response." + word, answer.path(word).asText());
      }
    }
    List<String> finish =
        answer.path("choices").valueStream().map(c -> c.path("finish_reason").asText("")).toList();
    if (!finish.isEmpty()) {
      span.setAttribute(FINISH, finish);
    }
    span.setAttribute("gen_ai.usage.input_tokens", usage.input());
    span.setAttribute("gen_ai.usage.output_tokens", usage.output());
    if (content) {
      span.setAttribute("gen_ai.output.messages", said.get());
    }
    span.end();
  }

  @Override
  public void failed(String type, String reason) {
    span.setAttribute("error.type", type);
    span.setStatus(StatusCode.ERROR, reason);
    span.end();
  }
}
