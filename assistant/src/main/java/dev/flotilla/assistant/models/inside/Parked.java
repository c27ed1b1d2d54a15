package dev.flotilla.assistant.models.inside;

import de.kherud.llama.LlamaModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Models of llama.cpp that were unloaded. Its binding stops them and frees nothing (issue 102 of
 * java-llama.cpp), so that each load would take their memory once more: the next load of the same
 * takes them up again instead. Thread-safe.
 */
final class Parked {
  private final Map<Key, LlamaModel> models = new HashMap<>();

  /** What must be the same for a model to be used again. */
  record Key(Path file, long size, FileTime modified, int context, int parallel, boolean embeds) {

    static Key of(Path file, int context, int parallel, boolean embeds) {
      try {
        return new Key(
            file.toAbsolutePath(),
            Files.size(file),
            Files.getLastModifiedTime(file),
            context,
            parallel,
            embeds);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  synchronized void park(Key key, LlamaModel model) {
    models.put(key, model);
  }

  synchronized Optional<LlamaModel> take(Key key) {
    return Optional.ofNullable(models.remove(key));
  }
}
