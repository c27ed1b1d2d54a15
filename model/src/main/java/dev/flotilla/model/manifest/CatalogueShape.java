package dev.flotilla.model.manifest;

import static dev.flotilla.model.manifest.AgentShape.ANY_NAME;
import static dev.flotilla.model.manifest.AgentShape.ARGV;
import static dev.flotilla.model.manifest.AgentShape.DESCRIPTION;
import static dev.flotilla.model.manifest.AgentShape.ENVIRONMENT;
import static dev.flotilla.model.manifest.AgentShape.LIMITS;
import static dev.flotilla.model.manifest.AgentShape.MACHINE_NAME;
import static dev.flotilla.model.manifest.AgentShape.NAME;
import static dev.flotilla.model.manifest.AgentShape.OPTIONS;
import static dev.flotilla.model.manifest.AgentShape.SIZE;
import static dev.flotilla.model.manifest.AgentShape.SPAN;
import static dev.flotilla.model.manifest.AgentShape.YES_NO;
import static dev.flotilla.model.shape.Shape.key;

import dev.flotilla.model.shape.Shape;
import dev.flotilla.model.shape.Type;
import dev.flotilla.model.shape.Type.Either;
import dev.flotilla.model.shape.Type.ListOf;
import dev.flotilla.model.shape.Type.MapOf;
import dev.flotilla.model.shape.Type.Matching;
import dev.flotilla.model.shape.Type.OneOf;
import dev.flotilla.model.shape.Type.Section;
import dev.flotilla.model.shape.Type.Text;
import java.util.List;

/** The keys of models, flags and alerts. */
final class CatalogueShape {
  private static final Type TOKENS = new Type.Whole(1, 100_000_000, "a number of tokens");

  private static final Shape VARIANT =
      new Shape(
          "a variant",
          "One way to have a model; what it does not say is as the model has it.",
          List.of(
              key("source", new Text("a file or reference"), "file or reference"),
              key("vram", SIZE, "memory it takes on a card", "estimated from its file"),
              key("context", TOKENS, "tokens it is loaded for", "as the model")),
          false);

  static final Shape MODEL =
      new Shape(
          "a model",
          "A model the fleet can load.",
          List.of(
              key(
                  "kind",
                  OneOf.of(
                      "chat",
                      "embedding",
                      "stt",
                      "tts",
                      "translation",
                      "emotion",
                      "vision",
                      "other"),
                  "what it does",
                  "chat"),
              key(
                  "engine",
                  ANY_NAME,
                  "what runs it: llama.cpp and onnx inside of ModelManagerSuite; llama-server, vllm"
                      + " and whisper-server as a process; command for any other server",
                  "llama.cpp, or command when there is one"),
              key("source", new Text("a file or reference"), "file or reference"),
              key(
                  "command",
                  ARGV,
                  "the server's program and arguments, with ${port}, ${model.source},"
                      + " ${model.host}, ${model.context}, ${model.card}, ${model.layers} and"
                      + " ${model.variant}",
                  "known for llama-server, vllm and whisper-server"),
              key(
                  "health",
                  Matching.of("/\\S*|tcp", "a path such as /health, or tcp"),
                  "what answers once the server serves",
                  "/health"),
              key("env", ENVIRONMENT, "environment variables of the server"),
              key("limits", new Section(LIMITS), "what the server may use"),
              key("load_timeout", SPAN, "longest wait until the server serves", "5m"),
              key("load_time", SPAN, "what loading costs until it was measured", "5s"),
              key("vram", SIZE, "memory it takes on a card", "estimated from its file"),
              key("context", TOKENS, "tokens it is loaded for", "what its file says, at most 4096"),
              key(
                  "variants",
                  new MapOf(
                      ANY_NAME,
                      Either.of(new Section(VARIANT), new Text("a file or reference")),
                      "variants by name"),
                  "ways to have it, the best first; a lesser one is taken where a better one does"
                      + " not fit"),
              key(
                  "machines",
                  new ListOf(MACHINE_NAME, "a list of machines"),
                  "where it may be loaded",
                  "anywhere"),
              key(
                  "cards",
                  new ListOf(
                      Matching.of("(" + NAME + "/)?\\d{1,2}", "a card such as 0 or mainpc/0"),
                      "a list of cards"),
                  "on which cards it may be loaded",
                  "any"),
              key(
                  "cpu",
                  YES_NO,
                  "may run in main memory when no card has room",
                  "true inside of the service, false for servers"),
              key("pinned", YES_NO, "never unloaded to make room", "false"),
              key("preload", YES_NO, "loaded at start", "false"),
              key("idle_timeout", SPAN, "unloaded when not used for so long", "as the pool says"),
              key(
                  "parallel",
                  new Type.Whole(0, 100_000, "a number"),
                  "how many may use it at once, 0 for any number",
                  "0"),
              key("options", OPTIONS, "handed to the engine")),
          true);

  static final Shape FLAG =
      new Shape(
          "a flag",
          "A feature flag. Without variants it is a boolean with the variants on and off.",
          List.of(
              key("description", DESCRIPTION, "what it switches", ""),
              key(
                  "variants",
                  new MapOf(ANY_NAME, new Type.Anything("a value"), "names and values"),
                  "what it can be",
                  "on: true, off: false"),
              key("default", ANY_NAME, "variant for all whom no share covers", "off"),
              key(
                  "split",
                  new MapOf(ANY_NAME, new Type.Percent(), "variants and shares"),
                  "shares in per cent by a stable key, together at most 100%")),
          true);

  static final Shape ALERT =
      new Shape(
          "an alert",
          "When somebody is to be told.",
          List.of(
              key("when", new Text("a condition such as gpu.vram.used > 90%"), "the condition"),
              key("for", SPAN, "how long it must hold", "0"),
              key("severity", OneOf.of("info", "warning", "critical"), "how bad it is", "warning"),
              key("message", new Text("a sentence"), "what people are told", "the condition")),
          true);

  private CatalogueShape() {}
}
