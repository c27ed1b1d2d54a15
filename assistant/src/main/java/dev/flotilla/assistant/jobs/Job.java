package dev.flotilla.assistant.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.kernel.wire.Wire;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A piece of work.
 *
 * @param kind what sort of work, by which workers choose; as workers and submitters agree
 * @param priority larger goes first
 * @param payload what the worker needs to know
 * @param key among jobs of one kind only one has it
 * @param attempts how often a worker has begun
 * @param runAt not before this
 * @param worker who holds it, or held it last
 * @param progress from 0 to 1, as the worker last said
 * @param note what the worker last said of it
 * @param needs the jobs that must be done first, those that are not yet
 */
public record Job(
    String id,
    String kind,
    JobState state,
    int priority,
    JsonNode payload,
    Optional<String> key,
    int attempts,
    int maxAttempts,
    Instant createdAt,
    Instant runAt,
    Optional<Instant> startedAt,
    Optional<Instant> finishedAt,
    Optional<String> worker,
    Optional<Double> progress,
    Optional<String> note,
    Optional<JsonNode> result,
    Optional<String> error,
    List<String> needs) {

  public Job {
    needs = List.copyOf(needs);
  }

  /** How much it takes in an answer. */
  int bytes() {
    return Wire.json(this).length;
  }
}
