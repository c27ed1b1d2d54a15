package dev.flotilla.kernel.wire;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MutableCoercionConfig;
import com.fasterxml.jackson.databind.cfg.MutableConfigOverride;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.flotilla.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How records travel and rest: in APIs, on the bus and in state files.
 *
 * <p>The words of the fleet as {@link Json} has them; besides, every enum constant and the types of
 * every sealed interface are kebab-case, and a record of a sealed interface says which one it is in
 * {@code type}. A missing {@code Optional} or collection is read as an empty one; every other
 * component of a record must be there. Thread-safe.
 */
public final class Wire {
  private static final JsonMapper MAPPER =
      ((JsonMapper) Json.mapper())
          .rebuild()
          .annotationIntrospector(new Introspector())
          .enumNamingStrategy(EnumNamingStrategies.KEBAB_CASE)
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .withConfigOverride(Collection.class, Wire::emptyForNull)
          .withConfigOverride(List.class, Wire::emptyForNull)
          .withConfigOverride(Set.class, Wire::emptyForNull)
          .withConfigOverride(Map.class, Wire::emptyForNull)
          .withCoercionConfig(LogicalType.Textual, Wire::noTextOfNumbers)
          .build();

  private Wire() {}

  private static void noTextOfNumbers(MutableCoercionConfig config) {
    for (CoercionInputShape shape :
        List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)) {
      var _ = config.setCoercion(shape, CoercionAction.Fail);
    }
  }

  private static void emptyForNull(MutableConfigOverride override) {
    var _ = override.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY));
  }

  /** For what the methods here do not cover. Never configure it further. */
  public static JsonMapper mapper() {
    return MAPPER;
  }

  /** As JSON in UTF-8. */
  public static byte[] json(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /**
   * Reads JSON that another program wrote: fields it knows and we do not are passed over.
   *
   * @throws UncheckedIOException when it is not JSON or not of this shape
   */
  public static <T> T read(byte[] json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As {@link #read(byte[], Class)}, for types with parameters. */
  public static <T> T read(byte[] json, TypeReference<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
