package dev.flotilla.assistant.models.gguf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes small GGUF headers for tests. */
public final class GgufFile {
  private final Map<String, Object> metadata = new LinkedHashMap<>();
  private final List<Object[]> tensors = new ArrayList<>();

  public GgufFile with(String key, Object value) {
    metadata.put(key, value);
    return this;
  }

  public GgufFile tensor(String name, int type, long... dimensions) {
    tensors.add(new Object[] {name, type, dimensions});
    return this;
  }

  public byte[] bytes() {
    Writer out = new Writer();
    out.int32(0x46554747);
    out.int32(3);
    out.int64(tensors.size());
    out.int64(metadata.size());
    metadata.forEach(
        (key, value) -> {
          out.text(key);
          switch (value) {
            case String text -> {
              out.int32(8);
              out.text(text);
            }
            case Integer number -> {
              out.int32(4);
              out.int32(number);
            }
            case List<?> list when list.getFirst() instanceof String -> {
              out.int32(9);
              out.int32(8);
              out.int64(list.size());
              list.forEach(each -> out.text((String) each));
            }
            case List<?> list -> {
              out.int32(9);
              out.int32(4);
              out.int64(list.size());
              list.forEach(each -> out.int32((Integer) each));
            }
            default -> throw new IllegalArgumentException("cannot write " + value);
          }
        });
    for (Object[] tensor : tensors) {
      long[] dimensions = (long[]) tensor[2];
      out.text((String) tensor[0]);
      out.int32(dimensions.length);
      for (long dimension : dimensions) {
        out.int64(dimension);
      }
      out.int32((Integer) tensor[1]);
      out.int64(0);
    }
    return out.bytes.toByteArray();
  }

  public Path write(Path file) throws IOException {
    return Files.write(file, bytes());
  }

  /** A llama-shaped model whose tensors together have about the given number of weights. */
  public static GgufFile llama(
      int layers, int heads, int kvHeads, int embedding, int inner, int vocabulary, int type) {
    GgufFile file =
        new GgufFile()
            .with("general.architecture", "llama")
            .with("llama.block_count", layers)
            .with("llama.context_length", 4096)
            .with("llama.embedding_length", embedding)
            .with("llama.feed_forward_length", inner)
            .with("llama.attention.head_count", heads)
            .with("llama.attention.head_count_kv", kvHeads)
            .with("llama.vocab_size", vocabulary)
            .tensor("token_embd.weight", type, embedding, vocabulary)
            .tensor("output.weight", type, embedding, vocabulary);
    int keyValue = embedding / heads * kvHeads;
    for (int i = 0; i < layers; i++) {
      String layer = "blk." + i + ".";
      file.tensor(layer + "attn_q.weight", type, embedding, embedding)
          .tensor(layer + "attn_k.weight", type, embedding, keyValue)
          .tensor(layer + "attn_v.weight", type, embedding, keyValue)
          .tensor(layer + "attn_output.weight", type, embedding, embedding)
          .tensor(layer + "ffn_gate.weight", type, embedding, inner)
          .tensor(layer + "ffn_up.weight", type, embedding, inner)
          .tensor(layer + "ffn_down.weight", type, inner, embedding);
    }
    return file;
  }

  private static final class Writer {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    void int32(int value) {
      bytes.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
    }

    void int64(long value) {
      bytes.writeBytes(
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
    }

    void text(String value) {
      byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
      int64(utf8.length);
      bytes.writeBytes(utf8);
    }
  }
}
