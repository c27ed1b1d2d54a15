package dev.flotilla.assistant.door.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/**
 * Vectors as they were asked for: OpenAI's clients ask for base64 unless told otherwise, and many
 * servers answer with numbers all the same. Pure.
 */
public final class Vectors {
  private Vectors() {}

  /** The answer with its vectors in the encoding the request wants; any other as it is. */
  public static ObjectNode encoded(ObjectNode request, ObjectNode answer) {
    if (!answer.path("data").path(0).has("embedding")) {
      return answer;
    }
    boolean packed = request.path("encoding_format").asText("float").equals("base64");
    if (answer.path("data").valueStream().noneMatch(each -> isToChange(each, packed))) {
      return answer;
    }
    ObjectNode changed = answer.deepCopy();
    for (JsonNode each : changed.path("data")) {
      if (isToChange(each, packed) && each instanceof ObjectNode vector) {
        JsonNode given = vector.path("embedding");
        vector.set("embedding", packed ? packed(given) : numbers(given.asText()));
      }
    }
    return changed;
  }

  private static boolean isToChange(JsonNode vector, boolean packed) {
    return packed ? vector.path("embedding").isArray() : vector.path("embedding").isTextual();
  }

  private static JsonNode packed(JsonNode numbers) {
    ByteBuffer bytes =
        ByteBuffer.allocate(numbers.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    numbers.forEach(number -> bytes.putFloat(number.floatValue()));
    return JsonNodeFactory.instance.textNode(Base64.getEncoder().encodeToString(bytes.array()));
  }

  private static JsonNode numbers(String packed) {
    ArrayNode numbers = JsonNodeFactory.instance.arrayNode();
    ByteBuffer bytes =
        ByteBuffer.wrap(Base64.getDecoder().decode(packed)).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.remaining() >= Float.BYTES) {
      numbers.add(bytes.getFloat());
    }
    return numbers;
  }
}
