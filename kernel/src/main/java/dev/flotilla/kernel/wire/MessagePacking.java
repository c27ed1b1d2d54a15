package dev.flotilla.kernel.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;

/** Trees to MessagePack and back. What JSON can say travels; byte arrays travel as they are. */
final class MessagePacking {
  private static final int DEEPEST = 100;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private MessagePacking() {}

  static byte[] pack(JsonNode tree) throws IOException {
    try (MessageBufferPacker out = MessagePack.newDefaultBufferPacker()) {
      write(tree, out);
      return out.toByteArray();
    }
  }

  private static void write(JsonNode node, MessageBufferPacker out) throws IOException {
    switch (node.getNodeType()) {
      case OBJECT -> {
        out.packMapHeader(node.size());
        for (Map.Entry<String, JsonNode> field : node.properties()) {
          out.packString(field.getKey());
          write(field.getValue(), out);
        }
      }
      case ARRAY -> {
        out.packArrayHeader(node.size());
        for (JsonNode element : node) {
          write(element, out);
        }
      }
      case STRING -> out.packString(node.textValue());
      case BOOLEAN -> out.packBoolean(node.booleanValue());
      case NUMBER -> writeNumber(node, out);
      case BINARY, POJO -> {
        byte[] data = node.binaryValue();
        out.packBinaryHeader(data.length);
        out.writePayload(data);
      }
      case NULL, MISSING -> out.packNil();
    }
  }

  private static void writeNumber(JsonNode node, MessageBufferPacker out) throws IOException {
    if (!node.isIntegralNumber()) {
      out.packDouble(node.doubleValue());
    } else if (node.canConvertToLong()) {
      out.packLong(node.longValue());
    } else {
      out.packBigInteger(node.bigIntegerValue());
    }
  }

  /**
   * @throws IOException when the data is not one whole MessagePack value that JSON could say
   */
  static JsonNode unpack(byte[] data) throws IOException {
    try (MessageUnpacker in = MessagePack.newDefaultUnpacker(data)) {
      JsonNode tree = read(in, data.length, 0);
      if (in.hasNext()) {
        throw new IOException("data goes on after the end of the MessagePack value");
      }
      return tree;
    } catch (MessagePackException e) {
      throw new IOException("not MessagePack: " + e.getMessage(), e);
    }
  }

  private static JsonNode read(MessageUnpacker in, int available, int depth) throws IOException {
    if (depth > DEEPEST) {
      throw new IOException("nested deeper than " + DEEPEST + " levels");
    }
    return switch (in.getNextFormat().getValueType()) {
      case NIL -> {
        in.unpackNil();
        yield NODES.nullNode();
      }
      case BOOLEAN -> NODES.booleanNode(in.unpackBoolean());
      case INTEGER -> integer(in);
      case FLOAT -> NODES.numberNode(in.unpackDouble());
      case STRING -> NODES.textNode(in.unpackString());
      case BINARY -> NODES.binaryNode(in.readPayload(fits(in.unpackBinaryHeader(), available)));
      case ARRAY -> {
        int size = fits(in.unpackArrayHeader(), available);
        ArrayNode array = NODES.arrayNode();
        for (int i = 0; i < size; i++) {
          array.add(read(in, available, depth + 1));
        }
        yield array;
      }
      case MAP -> {
        int size = fits(in.unpackMapHeader(), available);
        ObjectNode object = NODES.objectNode();
        for (int i = 0; i < size; i++) {
          object.set(in.unpackString(), read(in, available, depth + 1));
        }
        yield object;
      }
      case EXTENSION -> throw new IOException("holds an extension type, which has no JSON form");
    };
  }

  private static JsonNode integer(MessageUnpacker in) throws IOException {
    var number = in.unpackBigInteger();
    return number.bitLength() < 32
        ? NODES.numberNode(number.intValue())
        : number.bitLength() < 64 ? NODES.numberNode(number.longValue()) : NODES.numberNode(number);
  }

  /** Refuses a header that announces more than there is, before memory is set aside for it. */
  private static int fits(int announced, int available) throws IOException {
    if (announced > available) {
      throw new IOException("announces " + announced + " elements in " + available + " bytes");
    }
    return announced;
  }
}
