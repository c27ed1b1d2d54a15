package dev.flotilla.assistant.models.gguf;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the header of a GGUF file (versions 2 and 3, little-endian), and of nothing else in it.
 * Every length is held against the size of the file before it is believed, so that a header that
 * lies costs no memory. Source: the GGUF specification of the ggml project.
 */
public final class GgufReader {
  /** Arrays up to this length are kept, longer ones only counted. */
  public static final int KEPT_ELEMENTS = 4096;

  private static final int MAGIC = 0x46554747;
  private static final int MOST_DIMENSIONS = 8;
  private static final int LONGEST_TEXT = 16 << 20;

  private final HeaderBytes in;

  private GgufReader(HeaderBytes in) {
    this.in = in;
  }

  /**
   * Reads one file.
   *
   * @throws GgufException when it is no GGUF file, is cut short, or contradicts itself
   * @throws IOException when it cannot be read
   */
  public static GgufHeader read(Path file) throws IOException, GgufException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return new GgufReader(new HeaderBytes(channel, file)).header();
    }
  }

  /**
   * Reads a model that may be split over several files ({@code name-00001-of-00003.gguf}).
   *
   * @return one header with the metadata of the first file and the tensors of all
   */
  public static GgufHeader readAll(Path first) throws IOException, GgufException {
    GgufHeader header = read(first);
    List<GgufHeader.Tensor> tensors = new ArrayList<>(header.tensors());
    for (Path next : SplitFiles.after(first, header.number("split.count").orElse(1L))) {
      if (!Files.exists(next)) {
        throw new GgufException(
            first
                + " is one of several files, and "
                + next.getFileName()
                + " is missing beside it");
      }
      tensors.addAll(read(next).tensors());
    }
    return new GgufHeader(header.version(), header.metadata(), tensors);
  }

  private GgufHeader header() throws IOException, GgufException {
    int magic = in.int32();
    if (magic != MAGIC) {
      throw in.wrong("starts with 0x%08x, expected the letters GGUF".formatted(magic));
    }
    int version = in.int32();
    if (version < 2 || version > 3) {
      throw in.wrong("is of GGUF version %d, expected 2 or 3".formatted(version));
    }
    long tensorCount = in.count("tensors", 24);
    long entryCount = in.count("metadata entries", 13);
    Map<String, Object> metadata = new LinkedHashMap<>();
    for (long i = 0; i < entryCount; i++) {
      metadata.put(in.text(LONGEST_TEXT), value(in.int32()));
    }
    List<GgufHeader.Tensor> tensors = new ArrayList<>();
    for (long i = 0; i < tensorCount; i++) {
      tensors.add(tensor());
    }
    return new GgufHeader(version, metadata, tensors);
  }

  private Object value(int type) throws IOException, GgufException {
    return switch (type) {
      case 0 -> (long) (in.int8() & 0xff);
      case 1 -> (long) in.int8();
      case 2 -> (long) (in.int16() & 0xffff);
      case 3 -> (long) in.int16();
      case 4 -> in.int32() & 0xffff_ffffL;
      case 5 -> (long) in.int32();
      case 6 -> (double) Float.intBitsToFloat(in.int32());
      case 7 -> in.int8() != 0;
      case 8 -> in.text(LONGEST_TEXT);
      case 9 -> array();
      case 10, 11 -> in.int64();
      case 12 -> Double.longBitsToDouble(in.int64());
      default -> throw in.wrong("has a value of type %d, expected 0 to 12".formatted(type));
    };
  }

  private Object array() throws IOException, GgufException {
    int type = in.int32();
    if (type == 9) {
      throw in.wrong("has an array of arrays, which no known model has");
    }
    long length = in.count("array elements", 1);
    boolean kept = length <= KEPT_ELEMENTS;
    List<Object> elements = new ArrayList<>();
    for (long i = 0; i < length; i++) {
      Object element = value(type);
      if (kept) {
        elements.add(element);
      }
    }
    return kept ? List.copyOf(elements) : new GgufHeader.LongArray(length);
  }

  private GgufHeader.Tensor tensor() throws IOException, GgufException {
    String name = in.text(LONGEST_TEXT);
    int dimensions = in.int32();
    if (dimensions < 0 || dimensions > MOST_DIMENSIONS) {
      throw in.wrong("says tensor %s has %d dimensions".formatted(name, dimensions));
    }
    long elements = 1;
    try {
      for (int i = 0; i < dimensions; i++) {
        elements = Math.multiplyExact(elements, in.int64());
      }
      int code = in.int32();
      TensorType type =
          TensorType.ofCode(code)
              .orElseThrow(
                  () ->
                      in.wrong(
                          "stores tensor %s in a way (%d) this version does not know"
                              .formatted(name, code)));
      in.int64();
      if (elements < 0) {
        throw in.wrong("says tensor %s has %d elements".formatted(name, elements));
      }
      return new GgufHeader.Tensor(name, type, elements, type.bytes(elements));
    } catch (ArithmeticException tooLarge) {
      throw in.wrong("says tensor %s is larger than any memory".formatted(name));
    }
  }
}
