package dev.flotilla.assistant.models.inside;

import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaIterator;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.LlamaOutput;
import de.kherud.llama.ModelParameters;
import de.kherud.llama.Pair;
import de.kherud.llama.args.LogFormat;
import dev.flotilla.assistant.door.api.ApiError;
import dev.flotilla.assistant.door.api.ApiException;
import dev.flotilla.assistant.models.engine.EngineException;
import dev.flotilla.assistant.upstream.Texts;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A GGUF model in llama.cpp, on the processors of this machine. */
final class LlamaCpp implements LocalModel {
  private static final Logger log = LoggerFactory.getLogger(LlamaCpp.class);
  private static final String FOLDER = "de.kherud.llama.tmpdir";

  private final LlamaModel model;
  private final int context;
  private final boolean embeds;
  private final ReadWriteLock use = new ReentrantReadWriteLock();

  private final Parked parked;
  private final Parked.Key key;

  private LlamaCpp(LlamaModel model, Parked.Key key, Parked parked, int context) {
    this.model = model;
    this.key = key;
    this.parked = parked;
    this.context = context;
    this.embeds = key.embeds();
  }

  /**
   * Loads a model.
   *
   * @param libraries where llama.cpp's own library is unpacked
   * @param parallel how many requests it works on at once; each has the whole context
   * @param embeds whether it makes vectors in place of text
   * @param parked what was unloaded before
   */
  static LlamaCpp open(
      Path file, Path libraries, int context, int parallel, boolean embeds, Parked parked)
      throws EngineException {
    Parked.Key key;
    try {
      key = Parked.Key.of(file, context, parallel, embeds);
    } catch (UncheckedIOException e) {
      throw new EngineException("%s cannot be read: %s".formatted(file, e.getMessage()));
    }
    Optional<LlamaModel> before = parked.take(key);
    if (before.isPresent()) {
      return new LlamaCpp(before.get(), key, parked, context);
    }
    if (System.getProperty(FOLDER) == null) {
      System.setProperty(FOLDER, libraries.toAbsolutePath().toString());
    }
    ModelParameters parameters =
        new ModelParameters()
            .setModel(file.toString())
            .setCtxSize(Math.multiplyExact(context, parallel))
            .setParallel(parallel)
            .setThreads(Math.max(1, Runtime.getRuntime().availableProcessors() / 2))
            .skipWarmup()
            .disableLog();
    if (embeds) {
      parameters.enableEmbedding();
    }
    List<String> words = new ArrayList<>();
    try {
      LlamaModel.setLogger(
          LogFormat.TEXT,
          (level, text) -> {
            if (level.name().equals("ERROR")) {
              words.add(text.strip());
            }
          });
      return new LlamaCpp(new LlamaModel(parameters), key, parked, context);
    } catch (RuntimeException e) {
      throw new EngineException(
          "llama.cpp refused %s: %s"
              .formatted(
                  file.getFileName(), words.isEmpty() ? e.getMessage() : String.join("; ", words)));
    } catch (LinkageError e) {
      throw new EngineException("llama.cpp cannot be loaded on this machine: " + e.getMessage());
    }
  }

  @Override
  public String prompt(List<Texts.Said> conversation) {
    StringBuilder system = new StringBuilder();
    List<Pair<String, String>> messages = new ArrayList<>();
    for (Texts.Said said : conversation) {
      if (said.role().equals("system") || said.role().equals("developer")) {
        system.append(system.isEmpty() ? "" : "\n").append(said.text());
      } else {
        messages.add(
            new Pair<>(said.role().equals("assistant") ? "assistant" : "user", said.text()));
      }
    }
    use.readLock().lock();
    try {
      return model.applyTemplate(
          new InferenceParameters("").setMessages(system.toString(), messages));
    } finally {
      use.readLock().unlock();
    }
  }

  @Override
  public int generate(Wish wish, Sink sink) throws ApiException {
    if (embeds) {
      throw ApiError.badRequest("model", "wrong_kind", "This model makes embeddings, not text.")
          .exception();
    }
    // A prompt that is partly remembered is reckoned in other batches, which may change a text.
    boolean repeatable = wish.seed().isPresent();
    InferenceParameters parameters =
        new InferenceParameters(wish.prompt()).setNPredict(wish.most()).setCachePrompt(!repeatable);
    wish.temperature().ifPresent(value -> parameters.setTemperature(value.floatValue()));
    wish.topP().ifPresent(value -> parameters.setTopP(value.floatValue()));
    wish.seed().ifPresent(value -> parameters.setSeed(value.intValue()));
    if (!wish.stops().isEmpty()) {
      parameters.setStopStrings(wish.stops().toArray(String[]::new));
    }
    use.readLock().lock();
    try {
      int tokens = 0;
      LlamaIterator outputs = model.generate(parameters).iterator();
      while (outputs.hasNext()) {
        LlamaOutput output = outputs.next();
        tokens++;
        if (!output.text.isEmpty() && !sink.take(output.text)) {
          outputs.cancel();
          return tokens;
        }
      }
      return Math.min(tokens, wish.most());
    } catch (RuntimeException e) {
      log.warn("llama.cpp failed at a request: {}", e.getMessage());
      throw ApiError.of(500, "server_error", "engine_failed", "llama.cpp: " + e.getMessage())
          .exception();
    } finally {
      use.readLock().unlock();
    }
  }

  @Override
  public float[] embed(String text) throws ApiException {
    if (!embeds) {
      throw ApiError.badRequest(
              "model", "wrong_kind", "This model writes text. Declare kind: embedding for vectors.")
          .exception();
    }
    use.readLock().lock();
    try {
      float[] vector = model.embed(text);
      double length = 0;
      for (float each : vector) {
        length += each * each;
      }
      for (int i = 0; i < vector.length && length > 0; i++) {
        vector[i] = (float) (vector[i] / Math.sqrt(length));
      }
      return vector;
    } finally {
      use.readLock().unlock();
    }
  }

  @Override
  public int tokens(String text) {
    use.readLock().lock();
    try {
      return model.encode(text).length;
    } finally {
      use.readLock().unlock();
    }
  }

  @Override
  public int context() {
    return context;
  }

  /** Waits for those that still write. */
  @Override
  public void close() {
    use.writeLock().lock();
    try {
      parked.park(key, model);
      MappedFile.giveBack(key.file());
    } finally {
      use.writeLock().unlock();
    }
  }
}
