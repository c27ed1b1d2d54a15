package dev.flotilla.assistant.door;

import dev.flotilla.assistant.upstream.Usage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Explanations while nobody asks for them. Each request writes one, hardly any is read: as JSON
 * they cost a fifteenth of a request.
 */
final class ExplanationBytes {
  private static final int USUAL = 512;

  private ExplanationBytes() {}

  private interface Writer<T> {
    void write(T value) throws IOException;
  }

  private interface Reader<T> {
    T read() throws IOException;
  }

  static byte[] of(Explanation explanation) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL);
    try {
      new Out(new DataOutputStream(bytes)).explanation(explanation);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static Explanation read(byte[] bytes) {
    try {
      return new In(new DataInputStream(new ByteArrayInputStream(bytes))).explanation();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Out(DataOutputStream data) {
    void explanation(Explanation e) throws IOException {
      text(e.id());
      instant(e.at());
      text(e.key());
      text(e.operation());
      optional(e.asked(), this::text);
      data.writeBoolean(e.stream());
      text(e.outcome());
      optional(e.answeredBy(), this::text);
      optional(e.routing(), this::routing);
      list(e.attempts(), this::attempt);
      map(e.breakers(), this::text);
      text(e.cache());
      map(e.milliseconds(), data::writeDouble);
      usage(e.usage());
      data.writeLong(e.beside().input());
      data.writeLong(e.beside().output());
      data.writeDouble(e.beside().cost());
      data.writeDouble(e.cost());
      optional(e.error(), this::text);
    }

    private void instant(Instant instant) throws IOException {
      data.writeLong(instant.getEpochSecond());
      data.writeInt(instant.getNano());
    }

    private void routing(Explanation.Routing routing) throws IOException {
      text(routing.task());
      list(routing.targets(), this::text);
      text(routing.why());
      data.writeDouble(routing.confidence());
    }

    private void attempt(Explanation.Attempt attempt) throws IOException {
      text(attempt.target());
      text(attempt.outcome());
      text(attempt.reason());
      data.writeDouble(attempt.waited());
      data.writeDouble(attempt.took());
    }

    private void usage(Usage usage) throws IOException {
      data.writeLong(usage.input());
      data.writeLong(usage.output());
      data.writeLong(usage.cached());
      data.writeLong(usage.reasoning());
      data.writeBoolean(usage.estimated());
    }

    private void text(String text) throws IOException {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      data.writeInt(bytes.length);
      data.write(bytes);
    }

    private <T> void optional(Optional<T> value, Writer<T> writer) throws IOException {
      data.writeBoolean(value.isPresent());
      if (value.isPresent()) {
        writer.write(value.get());
      }
    }

    private <T> void list(List<T> values, Writer<T> writer) throws IOException {
      data.writeInt(values.size());
      for (T value : values) {
        writer.write(value);
      }
    }

    private <T> void map(Map<String, T> values, Writer<T> writer) throws IOException {
      data.writeInt(values.size());
      for (Map.Entry<String, T> value : values.entrySet()) {
        text(value.getKey());
        writer.write(value.getValue());
      }
    }
  }

  private record In(DataInputStream data) {
    Explanation explanation() throws IOException {
      return new Explanation(
          text(),
          Instant.ofEpochSecond(data.readLong(), data.readInt()),
          text(),
          text(),
          optional(this::text),
          data.readBoolean(),
          text(),
          optional(this::text),
          optional(this::routing),
          list(this::attempt),
          map(this::text),
          text(),
          map(data::readDouble),
          usage(),
          new Explanation.Beside(data.readLong(), data.readLong(), data.readDouble()),
          data.readDouble(),
          optional(this::text));
    }

    private Explanation.Routing routing() throws IOException {
      return new Explanation.Routing(text(), list(this::text), text(), data.readDouble());
    }

    private Explanation.Attempt attempt() throws IOException {
      return new Explanation.Attempt(text(), text(), text(), data.readDouble(), data.readDouble());
    }

    private Usage usage() throws IOException {
      return new Usage(
          data.readLong(), data.readLong(), data.readLong(), data.readLong(), data.readBoolean());
    }

    private String text() throws IOException {
      return new String(data.readNBytes(data.readInt()), StandardCharsets.UTF_8);
    }

    private <T> Optional<T> optional(Reader<T> reader) throws IOException {
      return data.readBoolean() ? Optional.of(reader.read()) : Optional.empty();
    }

    private <T> List<T> list(Reader<T> reader) throws IOException {
      int size = data.readInt();
      List<T> values = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        values.add(reader.read());
      }
      return values;
    }

    private <T> Map<String, T> map(Reader<T> reader) throws IOException {
      int size = data.readInt();
      Map<String, T> values = new LinkedHashMap<>();
      for (int i = 0; i < size; i++) {
        values.put(text(), reader.read());
      }
      return values;
    }
  }
}
