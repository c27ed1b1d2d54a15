package dev.flotilla.kernel.config;

import dev.flotilla.kernel.wire.Shape;
import dev.flotilla.model.Bytes;
import dev.flotilla.model.shape.Scalars;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one configured value as the type its component has. */
final class ValueReader {
  private final RecordReader records;

  ValueReader(RecordReader records) {
    this.records = records;
  }

  /** The value, or null once a problem was noted. */
  @Nullable Object read(@Nullable Object found, Type type, @Nullable Object fallback, String path) {
    if (type instanceof ParameterizedType generic) {
      return readGeneric(found, generic, path);
    }
    Class<?> raw = (Class<?>) type;
    if (raw.isRecord() && raw != Bytes.class) {
      return found instanceof Map<?, ?> map
          ? records.record(map, raw, fallback, path)
          : refuse(found, type, path);
    }
    if (found != null && raw.isEnum()) {
      return readEnum(found, raw, path);
    }
    Object value = found == null ? null : scalar(found, raw);
    return value == null ? refuse(found, type, path) : value;
  }

  private @Nullable Object readGeneric(
      @Nullable Object found, ParameterizedType type, String path) {
    Type last = type.getActualTypeArguments()[type.getActualTypeArguments().length - 1];
    if (type.getRawType() == Optional.class) {
      return found == null ? Optional.empty() : Optional.ofNullable(read(found, last, null, path));
    } else if (type.getRawType() == List.class && found instanceof List<?> list) {
      List<Object> result = new ArrayList<>();
      for (int i = 0; i < list.size(); i++) {
        Object element = read(list.get(i), last, null, path + "[" + i + "]");
        if (element != null) {
          result.add(element);
        }
      }
      return List.copyOf(result);
    } else if (type.getRawType() == Map.class && found instanceof Map<?, ?> map) {
      Map<String, Object> result = new LinkedHashMap<>();
      map.forEach(
          (key, value) -> {
            Object element = read(value, last, null, path + "." + key);
            if (element != null) {
              result.put(String.valueOf(key), element);
            }
          });
      return result;
    }
    return refuse(found, type, path);
  }

  private @Nullable Object readEnum(Object found, Class<?> type, String path) {
    for (Object constant : type.getEnumConstants()) {
      if (Shape.label(constant).equals(found)) {
        return constant;
      }
    }
    return refuse(found, type, path);
  }

  /** The value as the type, or null when it is not one. */
  private static @Nullable Object scalar(Object found, Class<?> type) {
    if (type == Object.class) {
      return found;
    } else if (type == String.class) {
      return found instanceof String ? found : null;
    } else if (type == boolean.class || type == Boolean.class) {
      return found instanceof Boolean ? found : null;
    } else if (type == int.class || type == Integer.class) {
      return whole(found, Integer.MIN_VALUE, Integer.MAX_VALUE).map(Long::intValue).orElse(null);
    } else if (type == long.class || type == Long.class) {
      return whole(found, Long.MIN_VALUE, Long.MAX_VALUE).orElse(null);
    } else if (type == double.class || type == Double.class) {
      return found instanceof Number number ? (Object) number.doubleValue() : null;
    } else if (type == Duration.class) {
      return duration(found);
    } else if (type == Bytes.class) {
      return bytes(found);
    } else if (type == Path.class) {
      return found instanceof String text ? Path.of(text) : null;
    }
    throw new IllegalStateException("a configuration cannot have a component of " + type);
  }

  private static Optional<Long> whole(Object found, long least, long most) {
    return found instanceof Integer || found instanceof Long
        ? Optional.of(((Number) found).longValue()).filter(n -> n >= least && n <= most)
        : Optional.empty();
  }

  private static @Nullable Duration duration(Object found) {
    return found instanceof Number number
        ? Duration.ofNanos(Math.round(number.doubleValue() * 1e9))
        : Scalars.duration(String.valueOf(found)).orElse(null);
  }

  private static @Nullable Bytes bytes(Object found) {
    return found instanceof String text
        ? Bytes.parse(text).orElse(null)
        : whole(found, 0, Long.MAX_VALUE).map(Bytes::new).orElse(null);
  }

  private @Nullable Object refuse(@Nullable Object found, Type type, String path) {
    String shown = found instanceof String ? "\"" + found + "\"" : String.valueOf(found);
    records.problem(path, found == null ? "empty" : shown, Shape.describe(type), "Change it.");
    return null;
  }
}
