package dev.flotilla.assistant.models;

import dev.flotilla.assistant.models.memory.Estimate;
import dev.flotilla.assistant.models.pool.Effect;
import dev.flotilla.assistant.models.pool.Foresight;
import dev.flotilla.assistant.models.pool.ModelState;
import dev.flotilla.model.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the operations are asked and answer. */
public final class Requests {
  private Requests() {}

  /**
   * Use of a model.
   *
   * @param holder who uses it: the name of an agent, whose end also ends the lease
   * @param ttl how long the lease stands unless it is renewed
   * @param priority higher goes first among those that wait
   */
  public record Acquire(
      String model, String holder, Optional<Duration> ttl, Optional<Integer> priority) {}

  /**
   * A lease on a loaded model.
   *
   * @param lease to renew and to release it by
   * @param card such as {@code mainpc/0}, or {@code mainpc/cpu}
   * @param address of its HTTP API
   * @param baseUrl of its OpenAI-compatible API
   * @param waited until it was there
   */
  public record Acquired(
      String lease,
      String model,
      String variant,
      String kind,
      String engine,
      String card,
      String address,
      String baseUrl,
      Instant until,
      Duration waited) {}

  /**
   * @param holder who uses it, for leases from before a restart of the service
   */
  public record Renew(String lease, Optional<Duration> ttl, Optional<String> holder) {}

  public record Renewed(String lease, Instant until) {}

  public record Release(String lease) {}

  /**
   * @param released false when the lease had ended already
   */
  public record Released(boolean released) {}

  public record Which(String model) {}

  /**
   * @param pinned never unloaded to make room nor for being idle, until it is unpinned or the
   *     service starts anew
   */
  public record Pin(String model, boolean pinned) {}

  /**
   * A model of the catalogue and how it is.
   *
   * @param variant that is loaded
   * @param variants the best first
   * @param held what it takes, measured where that is known
   * @param address of its HTTP API while it serves
   * @param trouble why it cannot be loaded at all
   */
  public record Shown(
      String model,
      String kind,
      String engine,
      ModelState state,
      Instant since,
      Optional<String> variant,
      List<String> variants,
      Optional<String> card,
      Bytes held,
      Optional<String> address,
      int leases,
      int waiting,
      boolean pinned,
      boolean preload,
      boolean draining,
      Instant lastUsed,
      Optional<String> reason,
      Optional<String> trouble) {}

  /**
   * All models.
   *
   * @param foresight how well models were loaded ahead
   */
  public record Models(List<Shown> models, List<Holder> leases, Foresight foresight) {}

  public record Holder(String lease, String model, String holder, Instant until) {}

  /**
   * A card.
   *
   * @param used as the driver says; absent where nobody can measure
   * @param held by models of the pool
   * @param others taken by agents that declare it and by strangers
   * @param room for another model, below the high mark
   */
  public record CardShown(
      String card,
      String name,
      Bytes total,
      Optional<Bytes> used,
      Bytes held,
      Bytes others,
      Bytes room,
      Optional<Integer> utilisation,
      List<String> models) {}

  public record Cards(List<CardShown> cards, List<MachineDriver> drivers) {}

  /**
   * @param driver what was asked on the machine, or why nothing could be
   */
  public record MachineDriver(String machine, String driver) {}

  /**
   * How much would it take.
   *
   * @param model of the catalogue, or
   * @param file any GGUF or ONNX file
   * @param context tokens, when not as the manifest or the file says
   */
  public record EstimateOf(Optional<String> model, Optional<String> file, Optional<Long> context) {}

  /**
   * One variant on one card.
   *
   * @param arithmetic the sum as a person would write it down
   * @param fits there when nothing else of the pool were on it
   * @param fitsNow without anything being unloaded
   */
  public record Estimated(
      String variant,
      String card,
      Estimate parts,
      Bytes total,
      String arithmetic,
      Bytes room,
      boolean fits,
      boolean fitsNow) {}

  public record Estimates(String what, List<Estimated> estimates, List<String> troubles) {}

  /** What is told as {@code flotilla.event.model.<what>}. */
  public record Told(
      String model,
      Effect.Kind what,
      Optional<String> variant,
      Optional<String> card,
      Optional<String> reason,
      Instant at) {}
}
