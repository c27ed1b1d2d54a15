package dev.flotilla.kernel.batch;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.flotilla.bus.Message;
import dev.flotilla.kernel.wire.Wire;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The wire form of a batch. The message has the header {@code Flotilla-Batch} with the number of
 * messages in it, and the subject all of them have. Its payload is, for each message: four bytes
 * with the length of the headers, the headers as a JSON object of names to lists of values (length
 * 0 for none), four bytes with the length of the data, the data. Lengths are big-endian. A batch of
 * one is sent as the plain message.
 */
public final class Batch {
  /** The header that tells a batch from a plain message. */
  public static final String HEADER = "Flotilla-Batch";

  private static final int LENGTHS = 8;

  private Batch() {}

  /** One message that holds all of these, which have one subject and no reply subject. */
  static Message pack(List<Message> messages) {
    if (messages.size() == 1) {
      return messages.getFirst();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    try {
      for (Message message : messages) {
        byte[] headers = headers(message);
        out.writeInt(headers.length);
        out.write(headers);
        out.writeInt(message.data().length);
        out.write(message.data());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Message.of(messages.getFirst().subject(), bytes.toByteArray())
        .withHeader(HEADER, String.valueOf(messages.size()));
  }

  /** Bytes the message takes in a batch. */
  static int size(Message message) {
    return LENGTHS + headers(message).length + message.data().length;
  }

  /**
   * The messages in a message: several in a batch, itself alone otherwise.
   *
   * @throws IOException when it says that it is a batch and is none; nothing of it is given then
   */
  public static List<Message> unpack(Message message) throws IOException {
    Optional<String> count = message.header(HEADER);
    if (count.isEmpty()) {
      return List.of(message);
    }
    List<Message> messages = new ArrayList<>();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(message.data()))) {
      while (in.available() > 0) {
        byte[] headers = part(in);
        byte[] data = part(in);
        messages.add(new Message(message.subject(), Optional.empty(), headers(headers), data));
      }
    } catch (EOFException | UncheckedIOException e) {
      throw new IOException("a batch on " + message.subject() + " is cut off or garbled", e);
    }
    if (!count.get().equals(String.valueOf(messages.size()))) {
      throw new IOException(
          "a batch on %s announces %s messages and holds %d"
              .formatted(message.subject(), count.get(), messages.size()));
    }
    return messages;
  }

  private static byte[] part(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new EOFException("a part of " + length + " bytes, " + in.available() + " are left");
    }
    return in.readNBytes(length);
  }

  private static byte[] headers(Message message) {
    return message.headers().isEmpty() ? new byte[0] : Wire.json(message.headers());
  }

  private static Map<String, List<String>> headers(byte[] json) {
    return json.length == 0
        ? Map.of()
        : Wire.read(json, new TypeReference<Map<String, List<String>>>() {});
  }
}
