package dev.flotilla.assistant.router;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A kind of request.
 *
 * @param patterns words or regular expressions, any of which puts a request into the class
 * @param examples requests as people write them, for the comparison of meanings
 * @param targets who answers: the first, then each next when one cannot
 * @param safety how much is lost when a request of this class goes to a lesser one; of two likely
 *     classes the one with more is taken
 * @param quality from 0 to 1: below this score an answer goes up to the next target
 * @param mostCost in money for one request; dearer targets are passed over
 * @param mostLatency how long all attempts together may take
 */
public record TaskClass(
    String name,
    List<Pattern> patterns,
    List<String> examples,
    List<String> targets,
    int safety,
    Optional<Double> quality,
    Optional<Double> mostCost,
    Optional<Duration> mostLatency) {
  public TaskClass {
    patterns = List.copyOf(patterns);
    examples = List.copyOf(examples);
    targets = List.copyOf(targets);
  }
}
