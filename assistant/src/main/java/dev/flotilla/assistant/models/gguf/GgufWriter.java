package dev.flotilla.assistant.models.gguf;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes GGUF files (version 3) with tensors of 32-bit floats. For one thread. */
final class GgufWriter {
  private static final int ALIGNMENT = 32;
  private static final int UINT32 = 4;
  private static final int INT32 = 5;
  private static final int FLOAT32 = 6;
  private static final int STRING = 8;
  private static final int ARRAY = 9;

  private final Map<String, Object> metadata = new LinkedHashMap<>();
  private final List<Tensor> tensors = new ArrayList<>();

  @SuppressWarnings("ArrayRecordComponent")
  private record Tensor(String name, long[] dimensions, float[] values) {}

  /**
   * @param value a String, an Integer (unsigned; in a list signed), a Float, or a list of one of
   *     these that is not empty
   */
  GgufWriter with(String key, Object value) {
    metadata.put(key, value);
    return this;
  }

  GgufWriter tensor(String name, float[] values, long... dimensions) {
    tensors.add(new Tensor(name, dimensions, values));
    return this;
  }

  void write(Path file) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      Bytes bytes = new Bytes(out);
      bytes.int32(0x46554747);
      bytes.int32(3);
      bytes.int64(tensors.size());
      bytes.int64(metadata.size());
      for (Map.Entry<String, Object> entry : metadata.entrySet()) {
        bytes.text(entry.getKey());
        bytes.int32(typeOf(entry.getValue()));
        value(bytes, entry.getValue());
      }
      long offset = 0;
      for (Tensor tensor : tensors) {
        bytes.text(tensor.name());
        bytes.int32(tensor.dimensions().length);
        for (long dimension : tensor.dimensions()) {
          bytes.int64(dimension);
        }
        bytes.int32(0);
        bytes.int64(offset);
        offset += aligned(4L * tensor.values().length);
      }
      bytes.pad();
      for (Tensor tensor : tensors) {
        for (float each : tensor.values()) {
          bytes.int32(Float.floatToRawIntBits(each));
        }
        bytes.pad();
      }
    }
  }

  private static void value(Bytes bytes, Object value) throws IOException {
    switch (value) {
      case String text -> bytes.text(text);
      case Integer number -> bytes.int32(number);
      case Float number -> bytes.int32(Float.floatToRawIntBits(number));
      case List<?> list -> {
        Object first = list.getFirst();
        bytes.int32(first instanceof Integer ? INT32 : typeOf(first));
        bytes.int64(list.size());
        for (Object each : list) {
          value(bytes, each);
        }
      }
      default -> throw new IllegalArgumentException("cannot write " + value);
    }
  }

  private static int typeOf(Object value) {
    return switch (value) {
      case String text -> STRING;
      case Integer number -> UINT32;
      case Float number -> FLOAT32;
      case List<?> list -> ARRAY;
      default -> throw new IllegalArgumentException("cannot write " + value);
    };
  }

  private static long aligned(long size) {
    return Math.ceilDiv(size, ALIGNMENT) * ALIGNMENT;
  }

  private static final class Bytes {
    private final OutputStream out;
    private long written;

    Bytes(OutputStream out) {
      this.out = out;
    }

    void int32(int value) throws IOException {
      put(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
    }

    void int64(long value) throws IOException {
      put(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
    }

    void text(String text) throws IOException {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      int64(utf8.length);
      put(utf8);
    }

    void pad() throws IOException {
      put(new byte[(int) (aligned(written) - written)]);
    }

    private void put(byte[] bytes) throws IOException {
      out.write(bytes);
      written += bytes.length;
    }
  }
}
