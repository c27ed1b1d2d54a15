package dev.flotilla.bench.gateway;

import dev.flotilla.bench.rig.ModelServer;
import dev.flotilla.bench.rig.Stream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A server of models that answers at once. What the last message asks for decides: {@code stream}
 * gives events, {@code hold} one event and then nothing until the client leaves, {@code tool} a
 * tool call, {@code limit} a 429, anything else a sentence.
 */
final class Mock implements AutoCloseable {
  static final int EVENTS = 20;

  private static final byte[] WHOLE =
      answer(
          "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"mock\","
              + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"The"
              + " quick brown fox jumps over the lazy dog.\"},\"finish_reason\":\"stop\"}],"
              + "\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":10,\"total_tokens\":22}}");
  private static final byte[] TOOL =
      answer(
          "{\"id\":\"chatcmpl-2\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"mock\","
              + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":null,"
              + "\"tool_calls\":[{\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":"
              + "\"look\",\"arguments\":\"{}\"}}]},\"finish_reason\":\"tool_calls\"}],"
              + "\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":10,\"total_tokens\":22}}");
  private static final byte[] LIMIT =
      "HTTP/1.1 429 Too Many Requests\r\nContent-Type: application/json\r\nContent-Length: 44\r\n\r\n{\"error\":{\"message\":\"slow\",\"type\":\"rate_x\"}}"
          .getBytes(StandardCharsets.UTF_8);

  private final ModelServer server;
  private final AtomicInteger held = new AtomicInteger();
  private final AtomicLong lastCut = new AtomicLong();

  Mock() throws IOException {
    server = new ModelServer(this::answer);
  }

  int port() {
    return server.port();
  }

  /** Streams that are held open now. */
  int held() {
    return held.get();
  }

  /** When a held stream was last cut by its client, as {@link System#nanoTime}. */
  long lastCut() {
    return lastCut.get();
  }

  private boolean answer(String body, InputStream in, OutputStream out) throws IOException {
    if (body.contains("please hold")) {
      hold(in, out);
      return false;
    }
    if (body.contains("please stream")) {
      stream(out);
    } else {
      out.write(
          body.contains("please tool") ? TOOL : body.contains("please limit") ? LIMIT : WHOLE);
    }
    return true;
  }

  private static void stream(OutputStream out) throws IOException {
    out.write(Stream.head());
    for (int i = 0; i < EVENTS; i++) {
      out.write(Stream.piece("word" + i + " "));
      out.flush();
    }
    out.write(Stream.stop());
    out.write(
        Stream.event(
            "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"mock\","
                + "\"choices\":[],\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":20,"
                + "\"total_tokens\":32}}"));
    out.write(Stream.event("[DONE]"));
    out.write(Stream.end());
  }

  private void hold(InputStream in, OutputStream out) throws IOException {
    out.write(Stream.head());
    out.write(Stream.piece("word"));
    out.flush();
    held.incrementAndGet();
    try {
      int end = in.read();
      if (end < 0) {
        lastCut.set(System.nanoTime());
      }
    } catch (IOException reset) {
      lastCut.set(System.nanoTime());
    } finally {
      held.decrementAndGet();
    }
  }

  private static byte[] answer(String json) {
    return ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
            + json.length()
            + "\r\n\r\n"
            + json)
        .getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
