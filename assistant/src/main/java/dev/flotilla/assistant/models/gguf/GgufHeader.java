package dev.flotilla.assistant.models.gguf;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The header of one GGUF file.
 *
 * @param version of the format, 2 or 3
 * @param metadata by key; arrays longer than {@link GgufReader#KEPT_ELEMENTS} are kept as {@link
 *     LongArray}
 * @param tensors in the order of the file
 */
public record GgufHeader(int version, Map<String, Object> metadata, List<Tensor> tensors) {

  public GgufHeader {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    tensors = List.copyOf(tensors);
  }

  /**
   * A tensor that is described in the header.
   *
   * @param elements product of its dimensions
   * @param bytes what it takes in the file and, loaded whole, in memory
   */
  public record Tensor(String name, TensorType type, long elements, long bytes) {}

  /**
   * An array too long to be worth keeping, such as a vocabulary.
   *
   * @param length number of its elements
   */
  public record LongArray(long length) {}

  /** The model's family, such as {@code llama}; the prefix of most other keys. */
  public Optional<String> architecture() {
    return text("general.architecture");
  }

  /** All tensors of this file together, in bytes. */
  public long tensorBytes() {
    return tensors.stream().mapToLong(Tensor::bytes).sum();
  }

  public Optional<String> text(String key) {
    return metadata.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** A whole number, of whatever width and sign it was written with. */
  public Optional<Long> number(String key) {
    return metadata.get(key) instanceof Number number
        ? Optional.of(number.longValue())
        : Optional.empty();
  }

  /** A value that some architectures give once and others for each layer. */
  public Optional<List<Long>> numbers(String key) {
    return switch (metadata.get(key)) {
      case Number number -> Optional.of(List.of(number.longValue()));
      case List<?> list when !list.isEmpty() && list.stream().allMatch(Number.class::isInstance) ->
          Optional.of(list.stream().map(each -> ((Number) each).longValue()).toList());
      case null, default -> Optional.empty();
    };
  }

  /** The number of elements of an array, kept or not. */
  public Optional<Long> length(String key) {
    return switch (metadata.get(key)) {
      case List<?> list -> Optional.of((long) list.size());
      case LongArray(long length) -> Optional.of(length);
      case null, default -> Optional.empty();
    };
  }
}
