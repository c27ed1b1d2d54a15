package dev.flotilla.bus.service;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * What an endpoint sends back.
 *
 * @param headers names to values
 * @param data not copied, so do not write to it afterwards
 */
@SuppressWarnings("ArrayRecordComponent")
public record Answer(Map<String, List<String>> headers, byte[] data) {

  public static Answer of(byte[] data) {
    return new Answer(Map.of(), data);
  }

  public static Answer of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }
}
