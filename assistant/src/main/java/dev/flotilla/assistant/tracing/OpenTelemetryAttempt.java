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

  private static final AttributeKey<List<String>> STOP =
      AttributeKey.stringArrayKey("gen_ai.request.stop_sequences");
  private static final AttributeKey<List<String>> ENCODING =
      AttributeKey.stringArrayKey("gen_ai.request.encoding_formats");

  private final long begun = System.nanoTime();
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
    settings(body, builder);
    if (content && body.has("messages")) {
      builder.setAttribute("gen_ai.input.messages", Spoken.input(body.path("messages")));
    }
    Span span = builder.startSpan();
    Map<String, String> headers = new HashMap<>();
    propagator.inject(parent.with(span), headers, (to, name, value) -> headers.put(name, value));
    return new OpenTelemetryAttempt(span, headers, content);
  }

  private static void settings(ObjectNode body, SpanBuilder builder) {
    if (body.path("n").asInt(1) != 1) {
      builder.setAttribute("gen_ai.request.choice.count", body.path("n").asLong());
    }
    if (body.path("seed").isIntegralNumber()) {
      builder.setAttribute("gen_ai.request.seed", body.path("seed").asLong());
    }
    if (body.path("top_k").isNumber()) {
      builder.setAttribute("gen_ai.request.top_k", body.path("top_k").asDouble());
    }
    JsonNode stop = body.path("stop");
    List<String> stops =
        stop.isTextual()
            ? List.of(stop.asText())
            : stop.valueStream().map(JsonNode::asText).toList();
    if (!stops.isEmpty()) {
      builder.setAttribute(STOP, stops);
    }
    String format = body.path("response_format").path("type").asText("");
    if (!format.isEmpty()) {
      builder.setAttribute("gen_ai.output.type", format.startsWith("json") ? "json" : format);
    }
    if (body.path("encoding_format").isTextual()) {
      builder.setAttribute(ENCODING, List.of(body.path("encoding_format").asText()));
    }
    if (body.path("dimensions").isIntegralNumber()) {
      builder.setAttribute("gen_ai.embeddings.dimension.count", body.path("dimensions").asLong());
    }
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
    span.setAttribute("gen_ai.response.time_to_first_chunk", (System.nanoTime() - begun) / 1e9);
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
    if (usage.cached() > 0) {
      span.setAttribute("gen_ai.usage.cache_read.input_tokens", usage.cached());
    }
    if (usage.reasoning() > 0) {
      span.setAttribute("gen_ai.usage.reasoning.output_tokens", usage.reasoning());
    }
    if (content) {
      boolean whole = answer.path("choices").path(0).has("message");
      span.setAttribute(
          "gen_ai.output.messages",
          whole
              ? Spoken.output(answer.path("choices"))
              : Spoken.output(said.get(), finish.isEmpty() ? "" : finish.getFirst()));
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
