package dev.flotilla.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model the fleet can load.
 *
 * @param kind such as {@code chat}, {@code embedding}, {@code stt}, {@code tts}
 * @param engine what runs it, such as {@code llama.cpp}, {@code onnx}, {@code llama-server}, {@code
 *     vllm}, {@code command}
 * @param source file or reference
 * @param vram estimate, when the owner knows it
 * @param machines where it may be loaded; empty for anywhere
 * @param pinned never unloaded to make room
 * @param preload loaded at start
 * @param options handed to the engine
 * @param variants other ways to have it, the best first; empty when there is only this one
 * @param context tokens it is loaded for; empty for what its file says, at most 4096
 * @param cards on which cards it may be: {@code 0} on any machine, {@code mainpc/0}; empty for any
 * @param cpu whether it may run in main memory when no card has room for it
 * @param idleTimeout unloaded when not used for so long; empty for what the pool says
 * @param loadTime what loading costs until it was measured
 * @param parallel how many may use it at once; 0 for any number
 * @param server the process that serves it; empty for engines inside of the service
 */
public record Model(
    String name,
    String kind,
    String engine,
    Optional<String> source,
    Optional<Bytes> vram,
    List<String> machines,
    boolean pinned,
    boolean preload,
    Map<String, Object> options,
    List<Variant> variants,
    Optional<Integer> context,
    List<String> cards,
    boolean cpu,
    Optional<Duration> idleTimeout,
    Optional<Duration> loadTime,
    int parallel,
    Optional<Server> server) {
  public Model {
    machines = List.copyOf(machines);
    options = Ordered.copyOf(options);
    variants = List.copyOf(variants);
    cards = List.copyOf(cards);
  }

  /** A model with one variant, on any card, run inside of the service. */
  public Model(
      String name,
      String kind,
      String engine,
      Optional<String> source,
      Optional<Bytes> vram,
      List<String> machines,
      boolean pinned,
      boolean preload,
      Map<String, Object> options) {
    this(
        name,
        kind,
        engine,
        source,
        vram,
        machines,
        pinned,
        preload,
        options,
        List.of(),
        Optional.empty(),
        List.of(),
        false,
        Optional.empty(),
        Optional.empty(),
        0,
        Optional.empty());
  }

  /**
   * One way to have the model; what it does not say is as the model has it.
   *
   * @param name such as {@code int8}
   */
  public record Variant(
      String name, Optional<String> source, Optional<Bytes> vram, Optional<Integer> context) {}

  /**
   * The process that serves a model over HTTP.
   *
   * @param command program and arguments with {@code ${port}}, {@code ${model.source}}, {@code
   *     ${model.host}}, {@code ${model.context}}, {@code ${model.card}} and {@code
   *     ${model.variant}} not filled in yet; never read by a shell
   * @param directory working directory, absolute
   * @param environment beside what every agent gets
   * @param health a path that answers 2xx once it serves, or {@code tcp}
   * @param limits what the process may use
   * @param loadTimeout longest wait until it serves
   */
  public record Server(
      List<String> command,
      String directory,
      Map<String, String> environment,
      String health,
      Limits limits,
      Duration loadTimeout) {
    public Server {
      command = List.copyOf(command);
      environment = Ordered.copyOf(environment);
    }
  }

  /** The name of the only variant of a model that declares none. */
  public static final String ONLY = "default";

  /** Every way to have it, the best first, each complete; at least one. */
  public List<Variant> ways() {
    return variants.isEmpty()
        ? List.of(new Variant(ONLY, source, vram, context))
        : variants.stream()
            .map(
                v ->
                    new Variant(
                        v.name(),
                        v.source().or(() -> source),
                        v.vram().or(() -> v.source().isPresent() ? Optional.empty() : vram),
                        v.context().or(() -> context)))
            .toList();
  }
}
