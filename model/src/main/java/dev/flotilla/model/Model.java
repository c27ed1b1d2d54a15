package dev.flotilla.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model the fleet can load.
 *
 * @param kind such as {@code chat}, {@code embedding}, {@code stt}, {@code tts}
 * @param engine what runs it, such as {@code llama.cpp}, {@code vllm}, {@code onnx}, {@code
 *     command}
 * @param source file or reference
 * @param vram estimate, when the owner knows it
 * @param machines where it may be loaded; empty for anywhere
 * @param options handed to the engine
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
    Map<String, Object> options) {
  public Model {
    machines = List.copyOf(machines);
    options = Ordered.copyOf(options);
  }
}
