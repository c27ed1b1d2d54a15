package dev.flotilla.assistant.embedding;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
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
  private volatile @Nullable SentenceModel loaded;

  /**
   * @param folder where its files are unpacked, 52 MB; made when it is missing, kept for next time
   */
  public MiniLm(Path folder) {
    this.folder = folder;
  }

  /**
   * @throws EmbeddingUnavailable when it cannot be loaded here
   */
  @Override
  public List<float[]> of(List<String> texts) {
    return with(model -> model.of(texts));
  }

  @Override
  public boolean seesAllOf(String text) {
    return with(model -> model.pieces(text) <= MOST_PIECES);
  }

  public boolean isLoaded() {
    return loaded != null;
  }

  /** Runs with the model loaded, which stays so meanwhile. */
  private <T> T with(Function<SentenceModel, T> work) {
    while (true) {
      load();
      use.readLock().lock();
      try {
        SentenceModel model = loaded;
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
    } catch (IOException e) {
      throw new EmbeddingUnavailable(
          "the embedding model cannot be loaded from %s: %s".formatted(folder, e.getMessage()), e);
    } finally {
      use.writeLock().unlock();
    }
  }

  private SentenceModel open() throws IOException {
    try (InputStream tokenizer = MiniLm.class.getClassLoader().getResourceAsStream(TOKENIZER)) {
      if (tokenizer == null) {
        throw new IOException(TOKENIZER + " is not on the class path");
      }
      return SentenceModel.open(Unpacked.in(folder, MODEL), tokenizer, folder, MOST_PIECES);
    }
  }

  /** Gives the memory back; the next text loads it again. */
  @Override
  public void close() {
    use.writeLock().lock();
    try {
      SentenceModel there = loaded;
      loaded = null;
      if (there != null) {
        there.close();
      }
    } finally {
      use.writeLock().unlock();
    }
  }
}
