package dev.flotilla.assistant.models.inside;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Writes an ONNX model that looks each token's random vector up, and the tokenizer for it. */
final class TinyOnnx {
  private static final String[] PIECES = {
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "hello", "world", "fleet", "##s"
  };
  private static final int WIDTH = 16;

  private TinyOnnx() {}

  static Path write(Path folder) throws IOException {
    StringBuilder vocabulary = new StringBuilder();
    for (int i = 0; i < PIECES.length; i++) {
      vocabulary.append(i == 0 ? "" : ",").append("\"%s\":%d".formatted(PIECES[i], i));
    }
    Files.writeString(
        folder.resolve("tokenizer.json"), "{\"model\":{\"vocab\":{" + vocabulary + "}}}");
    return Files.write(folder.resolve("tiny.onnx"), model());
  }

  private static byte[] model() {
    Random random = new Random(1);
    ByteBuffer weights =
        ByteBuffer.allocate(4 * WIDTH * PIECES.length).order(ByteOrder.LITTLE_ENDIAN);
    while (weights.hasRemaining()) {
      weights.putFloat((float) random.nextGaussian());
    }
    Message table =
        new Message()
            .number(1, PIECES.length)
            .number(1, WIDTH)
            .number(2, 1)
            .text(8, "table")
            .bytes(9, weights.array());
    Message gather =
        new Message()
            .text(1, "table")
            .text(1, "input_ids")
            .text(2, "last_hidden_state")
            .text(3, "look-up")
            .text(4, "Gather");
    Message graph =
        new Message()
            .message(1, gather)
            .text(2, "tiny")
            .message(5, table)
            .message(11, value("input_ids", 7, dimension(1), named("tokens")))
            .message(
                12, value("last_hidden_state", 1, dimension(1), named("tokens"), dimension(WIDTH)));
    return new Message()
        .number(1, 8)
        .message(7, graph)
        .message(8, new Message().text(1, "").number(2, 13))
        .toBytes();
  }

  private static Message value(String name, int type, Message... dimensions) {
    Message shape = new Message();
    for (Message dimension : dimensions) {
      shape.message(1, dimension);
    }
    Message tensor = new Message().number(1, type).message(2, shape);
    return new Message().text(1, name).message(2, new Message().message(1, tensor));
  }

  private static Message dimension(long size) {
    return new Message().number(1, size);
  }

  private static Message named(String name) {
    return new Message().text(2, name);
  }

  /** A message of protocol buffers. */
  private static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message number(int field, long value) {
      varint((long) field << 3);
      varint(value);
      return this;
    }

    Message text(int field, String text) {
      return bytes(field, text.getBytes(StandardCharsets.UTF_8));
    }

    Message message(int field, Message inner) {
      return bytes(field, inner.toBytes());
    }

    Message bytes(int field, byte[] bytes) {
      varint((long) field << 3 | 2);
      varint(bytes.length);
      out.writeBytes(bytes);
      return this;
    }

    byte[] toBytes() {
      return out.toByteArray();
    }

    private void varint(long value) {
      long rest = value;
      while (rest > 127) {
        out.write((int) ((rest & 127) | 128));
        rest >>>= 7;
      }
      out.write((int) rest);
    }
  }
}
