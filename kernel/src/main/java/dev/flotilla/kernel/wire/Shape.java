package dev.flotilla.kernel.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Bytes;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a value of a type looks like, in words for people. Pure. */
public final class Shape {
  private Shape() {}

  /** Such as {@code a whole number} or {@code one of started, healthy}. */
  public static String describe(@Nullable Type type) {
    return switch (type) {
      case null -> "another value";
      case ParameterizedType generic -> describe(generic);
      case Class<?> raw -> describe(raw);
      default -> "another value";
    };
  }

  /** The names of a record's components: {@code one of name, ports}. */
  public static String fields(@Nullable Class<?> type) {
    if (type == null || !type.isRecord() || type.getRecordComponents().length == 0) {
      return "no fields at all";
    }
    return Arrays.stream(type.getRecordComponents())
        .map(RecordComponent::getName)
        .collect(Collectors.joining(", ", "one of ", ""));
  }

  /** Whether a record component of this type may be left out of what is read. */
  public static boolean optional(Class<?> type) {
    return type == Optional.class
        || Collection.class.isAssignableFrom(type)
        || Map.class.isAssignableFrom(type)
        || JsonNode.class.isAssignableFrom(type);
  }

  /** An enum constant as written everywhere: {@code crash-loop}. */
  public static String label(Object constant) {
    return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String describe(ParameterizedType type) {
    List<Type> of = List.of(type.getActualTypeArguments());
    String last = describe(of.getLast());
    return type.getRawType() == Optional.class
        ? last
        : type.getRawType() == Map.class ? "a map to " + last : "a list, each " + last;
  }

  private static String describe(Class<?> type) {
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(Shape::label)
          .collect(Collectors.joining(", ", "one of ", ""));
    } else if (type == Bytes.class) {
      return "a size such as 512MiB or a number of bytes";
    } else if (type == Duration.class) {
      return "a duration such as 500ms, 30s or a number of seconds";
    } else if (type == Instant.class) {
      return "a time such as 2026-01-31T12:00:00Z";
    } else if (type == AgentId.class) {
      return "name@machine";
    } else if (type == Path.class) {
      return "a path";
    } else if (type == String.class) {
      return "a text";
    } else if (JsonNode.class.isAssignableFrom(type)) {
      return "any JSON";
    } else if (Collection.class.isAssignableFrom(type)) {
      return "a list";
    } else if (type.isRecord() || type.isInterface()) {
      return "an object";
    }
    return switch (type.getSimpleName()) {
      case "boolean", "Boolean" -> "true or false";
      case "int", "Integer", "long", "Long" -> "a whole number";
      case "double", "Double", "float", "Float" -> "a number";
      default -> "another value";
    };
  }
}
