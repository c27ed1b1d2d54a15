package dev.flotilla.bus;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A message on the bus.
 *
 * @param replyTo the subject an answer goes to
 * @param headers names to values, in order
 * @param data the payload; not copied, so do not write to it afterwards
 */
@SuppressWarnings("ArrayRecordComponent")
public record Message(
    String subject, Optional<String> replyTo, Map<String, List<String>> headers, byte[] data) {

  public static Message of(String subject, byte[] data) {
    return new Message(subject, Optional.empty(), Map.of(), data);
  }

  public static Message of(String subject, String text) {
    return of(subject, text.getBytes(StandardCharsets.UTF_8));
  }

  public Message withHeader(String name, String value) {
    Map<String, List<String>> more = new LinkedHashMap<>(headers);
    more.put(name, List.of(value));
    return new Message(subject, replyTo, more, data);
  }

  /** The first value of a header. */
  public Optional<String> header(String name) {
    return headers.getOrDefault(name, List.of()).stream().findFirst();
  }

  public String text() {
    return new String(data, StandardCharsets.UTF_8);
  }
}
