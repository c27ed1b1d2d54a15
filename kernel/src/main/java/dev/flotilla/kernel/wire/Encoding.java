package dev.flotilla.kernel.wire;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;

/** The forms a record can have on the wire. The content type of a message says which one it is. */
public enum Encoding {
  JSON("application/json"),
  MESSAGE_PACK("application/msgpack");

  /** The header of a message, and of HTTP. */
  public static final String HEADER = "Content-Type";

  private final String contentType;

  Encoding(String contentType) {
    this.contentType = contentType;
  }

  public String contentType() {
    return contentType;
  }

  /** The encoding a content type names, whatever parameters follow; empty for any other. */
  public static Optional<Encoding> of(String contentType) {
    String bare = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    for (Encoding encoding : values()) {
      if (encoding.contentType.equals(bare)) {
        return Optional.of(encoding);
      }
    }
    return bare.equals("application/x-msgpack") ? Optional.of(MESSAGE_PACK) : Optional.empty();
  }

  public byte[] write(Object value) {
    return switch (this) {
      case JSON -> Wire.json(value);
      case MESSAGE_PACK -> {
        try {
          yield MessagePacking.pack(Wire.tree(value));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  /**
   * Reads what another program wrote; fields it knows and we do not are passed over.
   *
   * @throws IOException when the data is not of this encoding or not of this shape
   */
  public <T> T read(byte[] data, Class<T> type) throws IOException {
    return read(data, type, Wire.mapper().reader());
  }

  /** As {@link #read}, but a field that the type does not have is a mistake. */
  public <T> T readStrictly(byte[] data, Class<T> type) throws IOException {
    return read(
        data, type, Wire.mapper().reader(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES));
  }

  private <T> T read(byte[] data, Class<T> type, ObjectReader reader) throws IOException {
    return switch (this) {
      case JSON -> reader.readValue(data, type);
      case MESSAGE_PACK -> reader.treeToValue(MessagePacking.unpack(data), type);
    };
  }
}
