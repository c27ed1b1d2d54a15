package dev.flotilla.assistant.models.gguf;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Writes a whole llama model of about 460 KB with random weights. It answers at once and says
 * nothing of sense: to try an engine where no model is at hand, in tests and benchmarks.
 */
public final class RandomLlama {
  private static final int LAYERS = 2;
  private static final int HEADS = 4;
  private static final int KEY_VALUE_HEADS = 2;
  private static final int EMBEDDING = 64;
  private static final int INNER = 128;
  private static final int CONTEXT = 512;
  private static final int NORMAL = 1;
  private static final int UNKNOWN = 2;
  private static final int CONTROL = 3;
  private static final int BYTE = 6;

  private final Random random;
  private final GgufWriter file = new GgufWriter();

  private RandomLlama(long seed) {
    this.random = new Random(seed);
  }

  /** Writes the model; the same seed gives the same file. */
  public static void write(Path file, long seed) throws IOException {
    RandomLlama model = new RandomLlama(seed);
    int vocabulary = model.header();
    model.weights(vocabulary);
    model.file.write(file);
  }

  /** The vocabulary is one of single bytes and letters. */
  private int header() {
    List<String> tokens = new ArrayList<>(List.of("<unk>", "<s>", "</s>"));
    List<Integer> types = new ArrayList<>(List.of(UNKNOWN, CONTROL, CONTROL));
    for (int i = 0; i < 256; i++) {
      tokens.add("<0x%02X>".formatted(i));
      types.add(BYTE);
    }
    tokens.add("▁");
    types.add(NORMAL);
    for (char c = 'a'; c <= 'z'; c++) {
      tokens.add(String.valueOf(c));
      tokens.add("▁" + c);
      types.add(NORMAL);
      types.add(NORMAL);
    }
    List<Float> scores = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      scores.add(types.get(i) == NORMAL ? -(float) i : 0f);
    }
    file.with("general.architecture", "llama")
        .with("general.name", "random llama")
        .with("llama.block_count", LAYERS)
        .with("llama.context_length", CONTEXT)
        .with("llama.embedding_length", EMBEDDING)
        .with("llama.feed_forward_length", INNER)
        .with("llama.attention.head_count", HEADS)
        .with("llama.attention.head_count_kv", KEY_VALUE_HEADS)
        .with("llama.attention.layer_norm_rms_epsilon", 1e-5f)
        .with("llama.rope.dimension_count", EMBEDDING / HEADS)
        .with("llama.vocab_size", tokens.size())
        .with("tokenizer.ggml.model", "llama")
        .with("tokenizer.ggml.tokens", tokens)
        .with("tokenizer.ggml.scores", scores)
        .with("tokenizer.ggml.token_type", types)
        .with("tokenizer.ggml.bos_token_id", 1)
        .with("tokenizer.ggml.eos_token_id", 2)
        .with("tokenizer.ggml.unknown_token_id", 0);
    return tokens.size();
  }

  private void weights(int vocabulary) {
    int keyValue = EMBEDDING / HEADS * KEY_VALUE_HEADS;
    matrix("token_embd.weight", EMBEDDING, vocabulary);
    matrix("output.weight", EMBEDDING, vocabulary);
    ones("output_norm.weight");
    for (int i = 0; i < LAYERS; i++) {
      String layer = "blk." + i + ".";
      ones(layer + "attn_norm.weight");
      ones(layer + "ffn_norm.weight");
      matrix(layer + "attn_q.weight", EMBEDDING, EMBEDDING);
      matrix(layer + "attn_k.weight", EMBEDDING, keyValue);
      matrix(layer + "attn_v.weight", EMBEDDING, keyValue);
      matrix(layer + "attn_output.weight", EMBEDDING, EMBEDDING);
      matrix(layer + "ffn_gate.weight", EMBEDDING, INNER);
      matrix(layer + "ffn_up.weight", EMBEDDING, INNER);
      matrix(layer + "ffn_down.weight", INNER, EMBEDDING);
    }
  }

  private void matrix(String name, int columns, int rows) {
    float[] values = new float[columns * rows];
    double scale = 1 / Math.sqrt(columns);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * scale);
    }
    file.tensor(name, values, columns, rows);
  }

  private void ones(String name) {
    float[] values = new float[EMBEDDING];
    Arrays.fill(values, 1);
    file.tensor(name, values, EMBEDDING);
  }
}
