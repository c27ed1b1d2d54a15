package dev.flotilla.assistant.embedding;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A model of sentences in ONNX with BERT's word pieces, loaded: its tokens' vectors are averaged
 * and brought to length 1. Thread-safe until it is closed; texts are worked on in the threads that
 * ask.
 */
public final class SentenceModel implements AutoCloseable {
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final WordPiece pieces;
  private final int mostPieces;

  private SentenceModel(
      OrtEnvironment environment, OrtSession session, WordPiece pieces, int mostPieces) {
    this.environment = environment;
    this.session = session;
    this.pieces = pieces;
    this.mostPieces = mostPieces;
  }

  /**
   * Loads it.
   *
   * @param tokenizer a {@code tokenizer.json} with a vocabulary
   * @param libraries where ONNX Runtime's own libraries are unpacked
   * @param mostPieces of longer texts the rest is not seen
   * @throws EmbeddingUnavailable when it cannot be loaded here
   */
  public static SentenceModel open(
      Path model, InputStream tokenizer, Path libraries, int mostPieces) {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      OrtEnvironment environment = OnnxRuntime.in(libraries);
      WordPiece pieces = new WordPiece(Vocabulary.read(tokenizer));
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      return new SentenceModel(
          environment, environment.createSession(model.toString(), options), pieces, mostPieces);
    } catch (IOException | OrtException | IllegalArgumentException | LinkageError e) {
      throw new EmbeddingUnavailable(
          "the embedding model cannot be loaded from %s: %s".formatted(model, e.getMessage()), e);
    }
  }

  /** How many pieces a text has, with the marks of its beginning and end. */
  public int pieces(String text) {
    return pieces.ids(text).length;
  }

  /** A vector of length 1. */
  public float[] of(String text) {
    long[] all = pieces.ids(text);
    long[] ids = all;
    if (all.length > mostPieces) {
      ids = Arrays.copyOf(all, mostPieces);
      ids[mostPieces - 1] = all[all.length - 1];
    }
    long[] seen = new long[ids.length];
    Arrays.fill(seen, 1);
    try (OnnxTensor input = tensor(ids);
        OnnxTensor mask = tensor(seen);
        OnnxTensor types = tensor(new long[ids.length])) {
      Map<String, OnnxTensor> inputs =
          new HashMap<>(
              Map.of("input_ids", input, "attention_mask", mask, "token_type_ids", types));
      inputs.keySet().retainAll(session.getInputNames());
      try (OrtSession.Result result = session.run(inputs)) {
        return unit(sentence(result.get(0).getValue()));
      }
    } catch (OrtException e) {
      throw new EmbeddingUnavailable("the embedding model failed: " + e.getMessage(), e);
    }
  }

  private OnnxTensor tensor(long[] values) throws OrtException {
    return OnnxTensor.createTensor(
        environment, LongBuffer.wrap(values), new long[] {1, values.length});
  }

  private static float[] sentence(Object output) {
    return switch (output) {
      case float[][][] tokens -> mean(tokens[0]);
      case float[][] whole -> whole[0].clone();
      default ->
          throw new EmbeddingUnavailable(
              "the model gives no vectors of tokens or sentences",
              new IllegalArgumentException(output.getClass().getSimpleName()));
    };
  }

  private static float[] mean(float[][] pieces) {
    float[] mean = new float[pieces[0].length];
    for (float[] piece : pieces) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += piece[i] / pieces.length;
      }
    }
    return mean;
  }

  private static float[] unit(float[] vector) {
    double length = Math.sqrt(Meaning.likeness(vector, vector));
    for (int i = 0; i < vector.length && length > 0; i++) {
      vector[i] = (float) (vector[i] / length);
    }
    return vector;
  }

  /** Gives the memory back. */
  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new EmbeddingUnavailable("the embedding model did not close: " + e.getMessage(), e);
    }
  }

  /** All vectors, in order. */
  List<float[]> of(List<String> texts) {
    return texts.stream().map(this::of).toList();
  }
}
