package dev.flotilla.assistant.upstream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads server-sent events: their data, and the event's name where there is one. Whatever is no
 * UTF-8, or grows beyond a megabyte, is an error. For one thread.
 */
final class EventReader {
  private static final int LONGEST = 1 << 20;

  private final InputStream in;
  private final byte[] buffer = new byte[2048];
  private int position;
  private int limit;

  EventReader(InputStream in) {
    this.in = in;
  }

  /**
   * @param name empty for a plain message
   */
  record Event(String name, String data) {}

  /** Empty at the end of the stream; an event that was cut off there is dropped. */
  Optional<Event> next() throws IOException {
    StringBuilder data = new StringBuilder();
    String name = "";
    boolean any = false;
    for (Optional<String> line = line(); line.isPresent(); line = line()) {
      String text = line.get();
      if (text.isEmpty()) {
        if (any) {
          return Optional.of(new Event(name, data.toString()));
        }
        name = "";
      } else if (text.startsWith("data:")) {
        data.append(any ? "\n" : "").append(text, text.startsWith("data: ") ? 6 : 5, text.length());
        any = true;
      } else if (text.startsWith("event:")) {
        name = text.substring(6).strip();
      } else if (!text.startsWith(":") && !text.startsWith("id:") && !text.startsWith("retry:")) {
        throw new IOException("a line that is no server-sent event: " + shortened(text));
      }
      if (data.length() > LONGEST) {
        throw new IOException("an event of more than " + LONGEST + " characters");
      }
    }
    return Optional.empty();
  }

  private Optional<String> line() throws IOException {
    ByteArrayOutputStream started = new ByteArrayOutputStream(0);
    while (true) {
      for (int i = position; i < limit; i++) {
        if (buffer[i] == '\n') {
          int from = position;
          position = i + 1;
          if (started.size() == 0) {
            return Optional.of(text(buffer, from, i - from));
          }
          started.write(buffer, from, i - from);
          return Optional.of(text(started.toByteArray(), 0, started.size()));
        }
      }
      started.write(buffer, position, limit - position);
      if (started.size() > LONGEST) {
        throw new IOException("a line of more than " + LONGEST + " bytes");
      }
      position = 0;
      limit = Math.max(0, in.read(buffer));
      if (limit == 0) {
        return Optional.empty();
      }
    }
  }

  private static String text(byte[] bytes, int from, int length) throws IOException {
    int end = length > 0 && bytes[from + length - 1] == '\r' ? length - 1 : length;
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, from, end))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IOException("bytes that are no UTF-8", e);
    }
  }

  private static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }
}
