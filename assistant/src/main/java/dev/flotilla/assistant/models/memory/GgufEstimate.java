package dev.flotilla.assistant.models.memory;

import dev.flotilla.assistant.models.gguf.GgufHeader;
import dev.flotilla.assistant.models.gguf.TensorType;
import dev.flotilla.model.Bytes;
import java.util.List;

/**
 * Estimates the memory of a GGUF model run by llama.cpp with all layers on one card.
 *
 * <p>weights = all tensors. cache = Σ over layers of kv_heads × (key_length × bytes(K) +
 * value_length × bytes(V)) × context, which all sequences share. buffers = the largest of logits
 * and attention scores for one micro-batch, plus what a CUDA context takes.
 */
public final class GgufEstimate {
  /** What a CUDA context and its libraries take before any tensor, about. */
  static final Bytes RUNTIME = Bytes.ofMebibytes(300);

  private GgufEstimate() {}

  /**
   * How the model will be run.
   *
   * @param context tokens for all sequences together; at least 1
   * @param keys how keys are stored, usually {@code F16}
   * @param values how values are stored
   * @param microBatch tokens computed at once, llama.cpp's {@code --ubatch-size}
   * @param flashAttention whether attention scores are never held whole
   */
  public record Run(
      long context, TensorType keys, TensorType values, int microBatch, boolean flashAttention) {
    public static Run ofContext(long context) {
      return new Run(context, TensorType.F16, TensorType.F16, 512, true);
    }
  }

  public static Estimate of(GgufHeader header, Run run) {
    return of(header, run, RUNTIME);
  }

  /** The same without the share of a card's driver. */
  public static Estimate inMainMemory(GgufHeader header, Run run) {
    return of(header, run, Bytes.ZERO);
  }

  private static Estimate of(GgufHeader header, Run run, Bytes runtime) {
    Shape shape = Shape.of(header);
    double cache = 0;
    for (int layer = 0; layer < shape.layers(); layer++) {
      double perToken =
          shape.kvHeads(layer)
              * (shape.keyLength() * run.keys().bytesPerElement()
                  + shape.valueLength() * run.values().bytesPerElement());
      cache += perToken * run.context();
    }
    double logits = 4.0 * run.microBatch() * shape.vocabulary();
    double scores =
        run.flashAttention() ? 0 : 4.0 * run.microBatch() * run.context() * shape.heads();
    double activations = 4.0 * run.microBatch() * (4.0 * shape.embedding() + 2.0 * shape.inner());
    double buffers = Math.max(logits, scores) + activations + runtime.count();
    return new Estimate(
        new Bytes(header.tensorBytes()),
        new Bytes(Math.round(cache)),
        new Bytes(Math.round(buffers)),
        1);
  }

  private record Shape(
      int layers,
      List<Long> kvHeadsByLayer,
      long heads,
      long keyLength,
      long valueLength,
      long embedding,
      long inner,
      long vocabulary) {

    static Shape of(GgufHeader header) {
      String family = header.architecture().orElse("llama");
      int layers =
          Math.toIntExact(Math.min(header.number(family + ".block_count").orElse(0L), 10_000));
      List<Long> headsByLayer =
          header.numbers(family + ".attention.head_count").orElse(List.of(1L));
      long heads = Math.max(1, headsByLayer.getFirst());
      long embedding = header.number(family + ".embedding_length").orElse(0L);
      long perHead = embedding / heads;
      return new Shape(
          layers,
          header.numbers(family + ".attention.head_count_kv").orElse(headsByLayer),
          heads,
          header.number(family + ".attention.key_length").orElse(perHead),
          header.number(family + ".attention.value_length").orElse(perHead),
          embedding,
          header.numbers(family + ".feed_forward_length").orElse(List.of(4 * embedding)).getFirst(),
          header
              .number(family + ".vocab_size")
              .or(() -> header.length("tokenizer.ggml.tokens"))
              .orElse(0L));
    }

    long kvHeads(int layer) {
      return kvHeadsByLayer.get(Math.min(layer, kvHeadsByLayer.size() - 1));
    }
  }
}
