package dev.flotilla.assistant.models.inside;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.assistant.door.api.ApiError;
import dev.flotilla.assistant.door.api.ApiException;
import dev.flotilla.assistant.door.api.RequestReader;
import dev.flotilla.assistant.upstream.Answers;
import dev.flotilla.assistant.upstream.Call;
import dev.flotilla.assistant.upstream.Reply;
import dev.flotilla.assistant.upstream.Usage;
import dev.flotilla.kernel.http.HttpRequest;
import dev.flotilla.kernel.http.HttpResponse;
import dev.flotilla.kernel.http.Routes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;

/** OpenAI's API of models inside of this JVM. Thread-safe. */
final class LocalApi {
  private static final Duration LONGEST = Duration.ofHours(1);

  private final Map<String, LocalModel> models;
  private final ExecutorService machine;

  LocalApi(Map<String, LocalModel> models, ExecutorService machine) {
    this.models = models;
    this.machine = machine;
  }

  void addTo(Routes routes) {
    String base = "/engines/{model}/v1";
    for (Call.Kind kind : Call.Kind.values()) {
      routes.post(base + kind.path(), request -> answer(kind, request));
    }
    routes
        .get(base + "/models", this::list)
        .get("/engines/{model}/health", request -> HttpResponse.text(model(request).name()))
        .failures("/engines/", failure -> ApiError.of(failure).response());
  }

  private record Named(String name, LocalModel model) {}

  private Named model(HttpRequest request) throws ApiException {
    String name = request.parameter("model");
    LocalModel model = models.get(name);
    if (model == null) {
      throw ApiError.of(
              404,
              "invalid_request_error",
              "model_not_loaded",
              "%s is not loaded. Acquire it from ModelManagerSuite first.".formatted(name))
          .exception();
    }
    return new Named(name, model);
  }

  private HttpResponse list(HttpRequest request) {
    try {
      ObjectNode body = Answers.object().put("object", "list");
      body.putArray("data")
          .addObject()
          .put("id", model(request).name())
          .put("object", "model")
          .put("created", 0)
          .put("owned_by", "flotilla");
      return HttpResponse.json(body);
    } catch (ApiException e) {
      return e.error().response();
    }
  }

  private HttpResponse answer(Call.Kind kind, HttpRequest request) throws InterruptedException {
    try {
      Named named = model(request);
      ObjectNode body = RequestReader.read(kind, request.body());
      if (body.path("tools").size() > 0) {
        throw ApiError.badRequest(
                "tools",
                "unsupported",
                "This engine calls no tools. Leave them out, or run the model by llama-server.")
            .exception();
      }
      String model = body.path("model").asText(named.name());
      if (kind == Call.Kind.EMBEDDING) {
        return embeddings(model, named.model(), body);
      }
      Wanted wanted =
          new Wanted(
              kind,
              (kind == Call.Kind.CHAT ? "chatcmpl-" : "cmpl-") + UUID.randomUUID(),
              Instant.now().getEpochSecond(),
              model,
              wish(kind, named.model(), body));
      Writing writing = new Writing(named.model(), wanted.wish());
      machine.execute(writing);
      return body.path("stream").asBoolean()
          ? stream(wanted, writing, body.path("stream_options").path("include_usage").asBoolean())
          : whole(wanted, writing);
    } catch (ApiException e) {
      return e.error().response();
    }
  }

  /** An answer to be written. */
  private record Wanted(
      Call.Kind kind, String id, long created, String model, LocalModel.Wish wish) {}

  private static LocalModel.Wish wish(Call.Kind kind, LocalModel model, ObjectNode body)
      throws ApiException {
    Call call = new Call(kind, body, false, LONGEST);
    String prompt = kind == Call.Kind.CHAT ? model.prompt(call.conversation()) : call.text();
    int room = model.context() - model.tokens(prompt);
    if (room <= 0) {
      throw ApiError.badRequest(
              kind == Call.Kind.CHAT ? "messages" : "prompt",
              "context_length_exceeded",
              "The request has %d tokens. Expected fewer than %d, the context this model is loaded with."
                  .formatted(model.tokens(prompt), model.context()))
          .exception();
    }
    int most = body.path("max_completion_tokens").asInt(body.path("max_tokens").asInt(room));
    return new LocalModel.Wish(
        prompt,
        Math.min(most, room),
        number(body, "temperature"),
        number(body, "top_p"),
        body.path("seed").isIntegralNumber()
            ? Optional.of(body.path("seed").asLong())
            : Optional.empty(),
        stops(body.path("stop")));
  }

  private static Optional<Double> number(JsonNode body, String name) {
    return body.path(name).isNumber() ? Optional.of(body.path(name).asDouble()) : Optional.empty();
  }

  private static List<String> stops(JsonNode stop) {
    return stop.isTextual()
        ? List.of(stop.asText())
        : stop.valueStream().filter(JsonNode::isTextual).map(JsonNode::asText).toList();
  }

  private static HttpResponse whole(Wanted wanted, Writing writing)
      throws ApiException, InterruptedException {
    StringBuilder text = new StringBuilder();
    try {
      for (Optional<String> part = writing.next(); part.isPresent(); part = writing.next()) {
        text.append(part.get());
      }
    } finally {
      writing.stop();
    }
    Usage usage = writing.usage();
    return HttpResponse.json(
        wanted.kind() == Call.Kind.CHAT
            ? Answers.chat(
                wanted.id(),
                wanted.created(),
                wanted.model(),
                Answers.message(text.toString()),
                writing.finish(),
                usage)
            : Answers.completion(
                wanted.id(),
                wanted.created(),
                wanted.model(),
                text.toString(),
                Optional.of(writing.finish()),
                Optional.of(usage)));
  }

  private static HttpResponse stream(Wanted wanted, Writing writing, boolean withUsage) {
    return HttpResponse.stream(
            "text/event-stream",
            out -> {
              try {
                if (wanted.kind() == Call.Kind.CHAT) {
                  ObjectNode first = Answers.object().put("role", "assistant").put("content", "");
                  send(out, delta(wanted, first, Optional.empty()));
                }
                for (Optional<String> part = writing.next();
                    part.isPresent();
                    part = writing.next()) {
                  send(out, part(wanted, part.get(), Optional.empty()));
                }
                send(out, part(wanted, "", Optional.of(writing.finish())));
                if (withUsage) {
                  send(
                      out,
                      Answers.usageChunk(
                              wanted.id(), wanted.created(), wanted.model(), writing.usage())
                          .json());
                }
                send(out, "[DONE]");
              } catch (ApiException e) {
                send(out, e.error().json().toString());
              } finally {
                writing.stop();
              }
            })
        .header("Cache-Control", "no-store");
  }

  private static String part(Wanted wanted, String text, Optional<String> finish) {
    if (wanted.kind() == Call.Kind.CHAT) {
      ObjectNode delta = Answers.object();
      if (!text.isEmpty()) {
        delta.put("content", text);
      }
      return delta(wanted, delta, finish);
    }
    return Answers.completion(
            wanted.id(), wanted.created(), wanted.model(), text, finish, Optional.empty())
        .toString();
  }

  private static String delta(Wanted wanted, ObjectNode delta, Optional<String> finish) {
    Reply.Chunk chunk = Answers.delta(wanted.id(), wanted.created(), wanted.model(), delta, finish);
    return chunk.json();
  }

  private static void send(OutputStream out, String data) throws IOException {
    out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private HttpResponse embeddings(String name, LocalModel model, ObjectNode body)
      throws ApiException, InterruptedException {
    JsonNode input = body.path("input");
    List<String> texts =
        input.isTextual()
            ? List.of(input.asText())
            : input.valueStream().map(JsonNode::asText).toList();
    if (!input.isTextual() && !input.valueStream().allMatch(JsonNode::isTextual)) {
      throw ApiError.badRequest(
              "input", "invalid_value", "input holds tokens. Expected a text or a list of texts.")
          .exception();
    }
    List<float[]> vectors = new ArrayList<>();
    long tokens = 0;
    for (String text : texts) {
      vectors.add(Writing.onMachine(machine, () -> model.embed(text)));
      tokens += model.tokens(text);
    }
    return HttpResponse.json(Answers.embeddings(name, vectors, new Usage(tokens, 0, false)));
  }
}
