package dev.flotilla.model.manifest;

import static dev.flotilla.model.manifest.AgentShape.ANY_NAME;
import static dev.flotilla.model.manifest.AgentShape.DESCRIPTION;
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

/** The keys of the router. */
final class RouterShape {
  private static final Type PRICE = new Type.Decimal(0, 1_000_000, "a price");

  private static final Shape TARGET =
      new Shape(
          "a target",
          "Somebody who can be asked. One of url, model alone, weights and flag says who.",
          List.of(
              key("description", DESCRIPTION, "what it is"),
              key("api", OneOf.of("openai", "anthropic"), "what the server speaks", "openai"),
              key(
                  "url",
                  Matching.of("https?://\\S+", "a URL such as http://127.0.0.1:8080/v1"),
                  "the server, without the path of an operation"),
              key(
                  "model",
                  ANY_NAME,
                  "with url: what the server calls it; alone: a model of the fleet",
                  "what the request names"),
              key(
                  "key_env",
                  Matching.of("[A-Za-z_][A-Za-z0-9_]*", "the name of an environment variable"),
                  "the variable that holds the server's key, of RequestCoordinator's env or the"
                      + " node's"),
              key(
                  "key_file",
                  new Text("a file"),
                  "file with mode 0600, relative to the manifest, that holds the server's key"),
              key(
                  "weights",
                  new MapOf(
                      ANY_NAME,
                      new Type.Decimal(0, 1_000_000, "a weight"),
                      "targets and" + " weights"),
                  "spreads requests over other targets; one session stays where it is"),
              key("flag", ANY_NAME, "a flag whose value names the target, for canary and A/B"),
              key("input_price", PRICE, "money for a million tokens asked", "0"),
              key("output_price", PRICE, "money for a million tokens answered", "0"),
              key("silence", SPAN, "how long it may send nothing", "60s"),
              key(
                  "resume",
                  YES_NO,
                  "a stream that breaks is asked for once more, with what was said so far",
                  "false")),
          true);

  private static final Shape TASK =
      new Shape(
          "a task",
          "A kind of request, and who answers it.",
          List.of(
              key("description", DESCRIPTION, "what it is"),
              key(
                  "patterns",
                  new ListOf(new Text("words or a regular expression"), "a list of patterns"),
                  "a request that matches one is of this task; _ also stands for a blank or a"
                      + " hyphen, case does not count"),
              key(
                  "examples",
                  new ListOf(new Text("a request as people write it"), "a list of examples"),
                  "a request that means what these mean is of this task"),
              key("target", ANY_NAME, "who answers: a target, a model, or builtin"),
              key(
                  "fallback",
                  Either.of(ANY_NAME, new ListOf(ANY_NAME, "a list of targets")),
                  "who answers when that one cannot, in turn",
                  "nobody"),
              key(
                  "safety",
                  new Type.Whole(0, 100, "a number"),
                  "of two likely tasks the one with more is taken",
                  "its place in the list, the last the safest"),
              key(
                  "quality",
                  new Type.Decimal(0, 1, "a score"),
                  "an answer that scores less goes up to the next target",
                  "no check"),
              key("most_cost", PRICE, "money for one request; dearer targets are passed over"),
              key("most_latency", SPAN, "time for all attempts together", "5m")),
          true);

  static final Shape ROUTER =
      new Shape(
          "the router",
          "Which model answers which request.",
          List.of(
              key(
                  "tasks",
                  new MapOf(ANY_NAME, new Section(TASK), "tasks by name"),
                  "kinds of requests, the rules of the first asked first"),
              key(
                  "targets",
                  new MapOf(ANY_NAME, new Section(TARGET), "targets by name"),
                  "who may be asked, beside the fleet's models and builtin"),
              key("default", ANY_NAME, "the task when nothing speaks for another", "the last"),
              key(
                  "confidence",
                  new Type.Decimal(0, 1, "a share"),
                  "below it the safer of two likely tasks is taken",
                  "0.75"),
              key("judge", ANY_NAME, "the target that scores answers", "built-in checks")),
          false);

  private RouterShape() {}
}
