package dev.flotilla.assistant.models.catalogue;

import dev.flotilla.assistant.models.gguf.GgufException;
import dev.flotilla.assistant.models.gguf.GgufHeader;
import dev.flotilla.assistant.models.gguf.GgufReader;
import dev.flotilla.assistant.models.memory.Estimate;
import dev.flotilla.assistant.models.memory.GgufEstimate;
import dev.flotilla.model.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Estimates models from their files. Headers are read once for each state of a file. Thread-safe.
 */
public final class Sizes {
  /** Context when neither the manifest nor the question says one. */
  public static final long CONTEXT = 4096;

  /** Of an ONNX session beside its weights: about the arena it starts with. */
  private static final Bytes ARENA = Bytes.ofMebibytes(32);

  private final Map<Path, Known> headers = new ConcurrentHashMap<>();

  private record Known(FileTime modified, long size, GgufHeader header) {}

  /** A file cannot be estimated; the message says why. */
  public static final class Unknown extends Exception {
    private static final long serialVersionUID = 1L;

    Unknown(String message) {
      super(message);
    }
  }

  /**
   * @param context tokens; empty for what the file says, at most {@link #CONTEXT}
   * @param card false for main memory, where no driver takes its share
   */
  public Estimate of(Path file, Optional<Long> context, boolean card) throws Unknown {
    try {
      String name = String.valueOf(file.getFileName());
      if (name.endsWith(".onnx")) {
        return new Estimate(new Bytes(onnx(file)), Bytes.ZERO, ARENA, 1);
      }
      GgufHeader header = header(file);
      long tokens = context.orElseGet(() -> Math.min(CONTEXT, trained(header)));
      GgufEstimate.Run run = GgufEstimate.Run.ofContext(tokens);
      return card ? GgufEstimate.of(header, run) : GgufEstimate.inMainMemory(header, run);
    } catch (NoSuchFileException e) {
      throw new Unknown("there is no file " + file);
    } catch (GgufException e) {
      throw new Unknown(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new Unknown("%s cannot be read: %s".formatted(file, e.getMessage()));
    }
  }

  /** The context a model was made for. */
  public Optional<Long> trainedContext(Path file) {
    try {
      return Optional.of(trained(header(file)));
    } catch (IOException | GgufException e) {
      return Optional.empty();
    }
  }

  private static long trained(GgufHeader header) {
    return header
        .number(header.architecture().orElse("llama") + ".context_length")
        .filter(tokens -> tokens > 0)
        .orElse(CONTEXT);
  }

  /** The graph and, where they lie beside it, its weights. */
  private static long onnx(Path file) throws IOException {
    Path data = file.resolveSibling(file.getFileName() + "_data");
    Path dotted = file.resolveSibling(file.getFileName() + ".data");
    long size = Files.size(file);
    for (Path external : new Path[] {data, dotted}) {
      if (Files.isRegularFile(external)) {
        size += Files.size(external);
      }
    }
    return size;
  }

  private GgufHeader header(Path file) throws IOException, GgufException {
    FileTime modified = Files.getLastModifiedTime(file);
    long size = Files.size(file);
    Known known = headers.get(file);
    if (known == null || !known.modified().equals(modified) || known.size() != size) {
      known = new Known(modified, size, GgufReader.readAll(file));
      headers.put(file, known);
    }
    return known.header();
  }
}
