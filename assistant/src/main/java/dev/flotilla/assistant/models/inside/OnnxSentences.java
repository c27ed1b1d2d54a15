package dev.flotilla.assistant.models.inside;

import dev.flotilla.assistant.door.api.ApiError;
import dev.flotilla.assistant.door.api.ApiException;
import dev.flotilla.assistant.embedding.EmbeddingUnavailable;
import dev.flotilla.assistant.embedding.SentenceModel;
import dev.flotilla.assistant.models.engine.EngineException;
import dev.flotilla.assistant.upstream.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** An ONNX model of sentences, with the {@code tokenizer.json} beside it. */
final class OnnxSentences implements LocalModel {
  private final SentenceModel model;
  private final int context;
  private final ReadWriteLock use = new ReentrantReadWriteLock();

  private OnnxSentences(SentenceModel model, int context) {
    this.model = model;
    this.context = context;
  }

  static OnnxSentences open(Path file, Path libraries, int context) throws EngineException {
    Path tokenizer = file.resolveSibling("tokenizer.json");
    if (!Files.isRegularFile(file)) {
      throw new EngineException("there is no file " + file);
    }
    try (InputStream words = Files.newInputStream(tokenizer)) {
      return new OnnxSentences(SentenceModel.open(file, words, libraries, context), context);
    } catch (NoSuchFileException e) {
      throw new EngineException("there is no %s beside the model".formatted(tokenizer));
    } catch (IOException | EmbeddingUnavailable e) {
      throw new EngineException(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public String prompt(List<Texts.Said> conversation) throws ApiException {
    throw onlyVectors();
  }

  @Override
  public int generate(Wish wish, Sink sink) throws ApiException {
    throw onlyVectors();
  }

  private static ApiException onlyVectors() {
    return ApiError.badRequest("model", "wrong_kind", "This model makes embeddings, not text.")
        .exception();
  }

  @Override
  public float[] embed(String text) throws ApiException {
    use.readLock().lock();
    try {
      return model.of(text);
    } catch (EmbeddingUnavailable e) {
      throw ApiError.of(500, "server_error", "engine_failed", String.valueOf(e.getMessage()))
          .exception();
    } finally {
      use.readLock().unlock();
    }
  }

  @Override
  public int tokens(String text) {
    return model.pieces(text);
  }

  @Override
  public int context() {
    return context;
  }

  @Override
  public void close() {
    use.writeLock().lock();
    try {
      model.close();
    } finally {
      use.writeLock().unlock();
    }
  }
}
