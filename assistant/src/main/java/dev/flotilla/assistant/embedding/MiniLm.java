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
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * all-MiniLM-L6-v2, quantised to 8 bits: English sentences of up to {@link #MOST_PIECES} word
 * pieces to 384 numbers; of longer ones the rest is not seen. The first text loads it, which takes
 * about half a second and 120 MiB. Thread-safe; texts are worked on in the threads that ask.
 */
public final class MiniLm implements Meaning, AutoCloseable {
  /** Of which two are the marks of beginning and end. */
  public static final int MOST_PIECES = 256;

  private static final String MODEL = "all-minilm-l6-v2-q.onnx";
  private static final String TOKENIZER = "all-minilm-l6-v2-q-tokenizer.json";

  private final Path folder;
  private final ReadWriteLock use = new ReentrantReadWriteLock();
  private volatile @Nullable Loaded loaded;

  /**
   * @param folder where its files are unpacked, 52 MB; made when it is missing, kept for next time
   */
  public MiniLm(Path folder) {
    this.folder = folder;
  }

  private record Loaded(OrtEnvironment environment, OrtSession session, WordPiece pieces) {}

  /**
   * @throws EmbeddingUnavailable when it cannot be loaded here
   */
  @Override
  public List<float[]> of(List<String> texts) {
    return with(
        model -> texts.stream().map(text -> vector(model, model.pieces().ids(text))).toList());
  }

  @Override
  public boolean seesAllOf(String text) {
    return with(model -> model.pieces().ids(text).length <= MOST_PIECES);
  }

  public boolean isLoaded() {
    return loaded != null;
  }

  /** Runs with the model loaded, which stays so meanwhile. */
  private <T> T with(Function<Loaded, T> work) {
    while (true) {
      load();
      use.readLock().lock();
      try {
        Loaded model = loaded;
        if (model != null) {
          return work.apply(model);
        }
      } finally {
        use.readLock().unlock();
      }
    }
  }

  private void load() {
    if (loaded != null) {
      return;
    }
    use.writeLock().lock();
    try {
      if (loaded == null) {
        loaded = open();
      }
    } catch (IOException | OrtException | LinkageError e) {
      throw new EmbeddingUnavailable(
          "the embedding model cannot be loaded from %s: %s".formatted(folder, e.getMessage()), e);
    } finally {
      use.writeLock().unlock();
    }
  }

  private Loaded open() throws IOException, OrtException {
    OrtEnvironment environment = OnnxRuntime.in(folder);
    WordPiece pieces;
    try (InputStream in = MiniLm.class.getClassLoader().getResourceAsStream(TOKENIZER)) {
      if (in == null) {
        throw new IOException(TOKENIZER + " is not on the class path");
      }
      pieces = new WordPiece(Vocabulary.read(in));
    }
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      return new Loaded(
          environment,
          environment.createSession(Unpacked.in(folder, MODEL).toString(), options),
          pieces);
    }
  }

  private static float[] vector(Loaded model, long[] all) {
    long[] ids = all;
    if (all.length > MOST_PIECES) {
      ids = Arrays.copyOf(all, MOST_PIECES);
      ids[MOST_PIECES - 1] = all[all.length - 1];
    }
    long[] seen = new long[ids.length];
    Arrays.fill(seen, 1);
    try (OnnxTensor input = tensor(model, ids);
        OnnxTensor mask = tensor(model, seen);
        OnnxTensor types = tensor(model, new long[ids.length]);
        OrtSession.Result result =
            model
                .session()
                .run(Map.of("input_ids", input, "attention_mask", mask, "token_type_ids", types))) {
      float[][][] hidden = (float[][][]) result.get(0).getValue();
      return unit(mean(hidden[0]));
    } catch (OrtException e) {
      throw new EmbeddingUnavailable("the embedding model failed: " + e.getMessage(), e);
    }
  }

  private static OnnxTensor tensor(Loaded model, long[] values) throws OrtException {
    return OnnxTensor.createTensor(
        model.environment(), LongBuffer.wrap(values), new long[] {1, values.length});
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
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (vector[i] / length);
    }
    return vector;
  }

  /** Gives the memory back; the next text loads it again. */
  @Override
  public void close() {
    use.writeLock().lock();
    try {
      Loaded there = loaded;
      loaded = null;
      if (there != null) {
        there.session().close();
      }
    } catch (OrtException e) {
      throw new EmbeddingUnavailable("the embedding model did not close: " + e.getMessage(), e);
    } finally {
      use.writeLock().unlock();
    }
  }
}
