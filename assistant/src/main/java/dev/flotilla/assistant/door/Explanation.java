package dev.flotilla.assistant.door;

import dev.flotilla.assistant.upstream.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a request was answered, and why so. Holds nothing of what was said.
 *
 * @param key the name of the key it came with
 * @param operation such as {@code chat}
 * @param asked the model the request named; empty when it named none
 * @param outcome one of answered, refused, failed, cancelled and running
 * @param answeredBy the target, or {@code cache}
 * @param attempts every target that was asked or passed over, in order
 * @param breakers of the targets of its task, when it ended
 * @param cache {@code off}, {@code miss}, {@code hit}, {@code hit by meaning} with the likeness, or
 *     {@code passed by} with the reason
 * @param milliseconds by stage: {@code admission}, {@code route}, {@code first} until the first
 *     part of the answer, {@code total}
 * @param usage of the answer
 * @param beside what the judge and answers that were too weak took; charged to the key as well
 * @param cost in money, of all
 */
public record Explanation(
    String id,
    Instant at,
    String key,
    String operation,
    Optional<String> asked,
    boolean stream,
    String outcome,
    Optional<String> answeredBy,
    Optional<Routing> routing,
    List<Attempt> attempts,
    Map<String, String> breakers,
    String cache,
    Map<String, Double> milliseconds,
    Usage usage,
    Beside beside,
    double cost,
    Optional<String> error) {

  /**
   * What the router decided.
   *
   * @param task empty when the request named its target
   * @param why in words
   * @param confidence from 0 to 1
   */
  public record Routing(String task, List<String> targets, String why, double confidence) {}

  /** What was spent beside the answer: tokens, and money. */
  public record Beside(long input, long output, double cost) {
    static final Beside NOTHING = new Beside(0, 0, 0);
  }

  /**
   * One target.
   *
   * @param outcome {@code answered}, {@code failed}, {@code refused}, {@code too weak}, {@code
   *     judged} or {@code passed over}
   * @param reason in words
   * @param waited milliseconds of rest before it was asked
   * @param took milliseconds until its answer began, or until it was clear that none comes
   */
  public record Attempt(String target, String outcome, String reason, double waited, double took) {}
}
