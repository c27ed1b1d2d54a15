package dev.flotilla.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How requests to models are routed. Maps keep the order of the manifest. Immutable.
 *
 * @param tasks kinds of requests, their rules asked in this order; not empty
 * @param targets who may be asked, beside the fleet's models and {@code builtin}, by name
 * @param standard the task of a request of which no rule and no example speaks
 * @param confidence from 0 to 1: below it the safer of two likely tasks is taken
 * @param judge the target that scores answers; empty for the built-in checks
 */
public record Router(
    Map<String, Task> tasks,
    Map<String, Target> targets,
    String standard,
    double confidence,
    Optional<String> judge) {

  /** The target that needs no weights: it answers light questions about the fleet. */
  public static final String BUILT_IN = "builtin";

  public Router {
    tasks = Ordered.copyOf(tasks);
    targets = Ordered.copyOf(targets);
  }

  /**
   * A kind of request.
   *
   * @param patterns regular expressions without regard to case; {@code _} also stands for a blank
   *     or a hyphen
   * @param examples requests as people write them
   * @param target who answers
   * @param fallback who answers when that one cannot, in turn
   * @param safety of two likely tasks the one with more is taken
   * @param quality from 0 to 1: an answer that scores less goes up to the next target
   * @param mostCost in money for one request
   * @param mostLatency for all attempts together
   */
  public record Task(
      List<String> patterns,
      List<String> examples,
      String target,
      List<String> fallback,
      int safety,
      Optional<Double> quality,
      Optional<Double> mostCost,
      Optional<Duration> mostLatency) {
    public Task {
      patterns = List.copyOf(patterns);
      examples = List.copyOf(examples);
      fallback = List.copyOf(fallback);
    }
  }

  /**
   * Somebody who can be asked: a server, a model of the pool, or one of several targets by shares
   * or by a flag. Exactly one of {@code url}, {@code pool}, {@code shares} and {@code flag} is
   * given.
   *
   * @param api {@code openai} or {@code anthropic}, of a server
   * @param url of a server, without the path of an operation
   * @param model what the server calls the model; empty to pass on what the request names
   * @param keyEnv the environment variable that holds the server's key
   * @param keyFile the file that holds it
   * @param pool a model of the fleet
   * @param shares targets and their weights
   * @param flag the flag whose variant names the target
   * @param inputPrice in money for a million tokens
   * @param silence how long it may send nothing
   * @param resume whether a stream that broke is asked for once more from where it broke
   */
  public record Target(
      String api,
      Optional<String> url,
      Optional<String> model,
      Optional<String> keyEnv,
      Optional<String> keyFile,
      Optional<String> pool,
      Map<String, Double> shares,
      Optional<String> flag,
      double inputPrice,
      double outputPrice,
      Duration silence,
      boolean resume) {
    public Target {
      shares = Ordered.copyOf(shares);
    }
  }
}
