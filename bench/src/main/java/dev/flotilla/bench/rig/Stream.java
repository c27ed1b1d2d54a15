package dev.flotilla.bench.rig;

import java.nio.charset.StandardCharsets;

/** The pieces of a streamed answer as OpenAI's servers send them, byte by byte. */
public final class Stream {
  private Stream() {}

  /** What stands before the first event. */
  public static byte[] head() {
    return bytes(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
  }

  /** What stands after the last event. */
  public static byte[] end() {
    return bytes("0\r\n\r\n");
  }

  /** One event in a chunk of its own; the data is ASCII. */
  public static byte[] event(String data) {
    String text = "data: " + data + "\n\n";
    return bytes(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
  }

  /** An event with the next piece of the answer, ASCII without quotes. */
  public static byte[] piece(String text) {
    return event(choice("{\"content\":\"" + text + "\"}", "null"));
  }

  /** An event that says that the answer is complete. */
  public static byte[] stop() {
    return event(choice("{}", "\"stop\""));
  }

  private static String choice(String delta, String finish) {
    return "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"mock\","
        + "\"choices\":[{\"index\":0,\"delta\":"
        + delta
        + ",\"finish_reason\":"
        + finish
        + "}]}";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
