package dev.flotilla.model;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The values that are one string or one number in JSON. */
final class JsonScalars extends SimpleModule {
  private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000L);

  JsonScalars() {
    super("flotilla");
    text(AgentId.class, AgentId::toString, JsonScalars::agentId);
    addKeySerializer(AgentId.class, keys());
    addKeyDeserializer(AgentId.class, agentKeys());
    text(Instant.class, Instant::toString, JsonScalars::instant);
    label(AgentState.class, AgentState.values());
    label(Restart.Policy.class, Restart.Policy.values());
    label(Problem.Severity.class, Problem.Severity.values());
    number(Bytes.class, b -> BigDecimal.valueOf(b.count()), JsonScalars::bytes);
    number(Duration.class, JsonScalars::seconds, JsonScalars::duration);
  }

  private static Optional<AgentId> agentId(String text) {
    int at = text.lastIndexOf('@');
    return at <= 0 || at == text.length() - 1
        ? Optional.empty()
        : Optional.of(AgentId.parse(text, ""));
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Bytes> bytes(BigDecimal number) {
    return number.signum() < 0 ? Optional.empty() : Optional.of(new Bytes(number.longValue()));
  }

  private static BigDecimal seconds(Duration duration) {
    BigDecimal whole = BigDecimal.valueOf(duration.getSeconds());
    BigDecimal exact = whole.add(BigDecimal.valueOf(duration.getNano()).divide(NANOS));
    return exact.signum() == 0 ? BigDecimal.ZERO : new BigDecimal(plain(exact));
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }

  private static Optional<Duration> duration(BigDecimal number) {
    if (number.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      return Optional.empty();
    }
    BigDecimal nanos = number.remainder(BigDecimal.ONE).multiply(NANOS);
    return Optional.of(
        Duration.ofSeconds(
            number.longValue(), nanos.setScale(0, RoundingMode.HALF_UP).longValue()));
  }

  private <E extends Enum<E>> void label(Class<E> type, E[] values) {
    text(
        type,
        e -> e.name().toLowerCase(Locale.ROOT).replace('_', '-'),
        text -> {
          String name = text.toUpperCase(Locale.ROOT).replace('-', '_');
          for (E value : values) {
            if (value.name().equals(name)) {
              return Optional.of(value);
            }
          }
          return Optional.empty();
        });
  }

  private <T> void text(
      Class<T> type, Function<T, String> write, Function<String, Optional<T>> read) {
    addSerializer(
        type,
        new JsonSerializer<T>() {
          @Override
          public void serialize(T value, JsonGenerator out, SerializerProvider provider)
              throws IOException {
            out.writeString(write.apply(value));
          }
        });
    addDeserializer(
        type,
        new JsonDeserializer<T>() {
          @Override
          public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            String text = in.getText();
            Optional<T> value = read.apply(text);
            if (value.isPresent()) {
              return value.get();
            }
            throw context.weirdStringException(text, type, "not understood");
          }
        });
  }

  private <T> void number(
      Class<T> type, Function<T, BigDecimal> write, Function<BigDecimal, Optional<T>> read) {
    addSerializer(
        type,
        new JsonSerializer<T>() {
          @Override
          public void serialize(T value, JsonGenerator out, SerializerProvider provider)
              throws IOException {
            out.writeNumber(write.apply(value));
          }
        });
    addDeserializer(
        type,
        new JsonDeserializer<T>() {
          @Override
          public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            BigDecimal number = in.getDecimalValue();
            Optional<T> value = read.apply(number);
            if (value.isPresent()) {
              return value.get();
            }
            throw context.weirdNumberException(number, type, "out of range");
          }
        });
  }

  private static JsonSerializer<AgentId> keys() {
    return new JsonSerializer<>() {
      @Override
      public void serialize(AgentId value, JsonGenerator out, SerializerProvider provider)
          throws IOException {
        out.writeFieldName(value.toString());
      }
    };
  }

  private static KeyDeserializer agentKeys() {
    return new KeyDeserializer() {
      @Override
      public Object deserializeKey(String key, DeserializationContext context) throws IOException {
        Optional<AgentId> id = agentId(key);
        if (id.isPresent()) {
          return id.get();
        }
        throw context.weirdKeyException(AgentId.class, key, "expected name@machine");
      }
    };
  }
}
