package dev.flotilla.bench.mixed;

import dev.flotilla.bench.rig.ModelServer;
import dev.flotilla.bench.rig.Stream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server of models that says the number in the question after itself, and, where it is moody,
 * fails in every third request in one of the ways servers fail. Thread-safe.
 */
final class MoodyServer implements AutoCloseable {
  private static final Pattern NUMBER = Pattern.compile("number (\\d+)");
  private static final int PIECES = 8;

  private final ModelServer server;
  private final Random random;
  private final boolean moody;
  private final AtomicInteger open = new AtomicInteger();

  /** What it does instead of an answer. */
  private enum Mood {
    TOO_MANY,
    FAULT,
    BUSY,
    GARBAGE,
    SILENT,
    CUT,
    HALF_A_STREAM,
    HALF_A_CHARACTER
  }

  MoodyServer(Random random, boolean moody) throws IOException {
    this.random = random;
    this.moody = moody;
    server = new ModelServer(this::talk);
  }

  int port() {
    return server.port();
  }

  /** Requests it is at now. */
  int open() {
    return open.get();
  }

  private boolean talk(String body, InputStream in, OutputStream out) throws IOException {
    open.incrementAndGet();
    try {
      if (moody && random.nextInt(3) == 0) {
        return fail(Mood.values()[random.nextInt(Mood.values().length)], in, out);
      }
      answer(body, out);
      return true;
    } finally {
      open.decrementAndGet();
    }
  }

  /** Whether the connection still stands afterwards. */
  private static boolean fail(Mood mood, InputStream in, OutputStream out) throws IOException {
    switch (mood) {
      case TOO_MANY ->
          send(out, 429, "Retry-After: 1\r\n", "{\"error\":{\"message\":\"slow down\"}}");
      case FAULT -> send(out, 500, "", "{\"error\":{\"message\":\"a fault\"}}");
      case BUSY -> send(out, 503, "", "{\"error\":{\"message\":\"busy\"}}");
      case GARBAGE -> send(out, 200, "", "<html>hello</html>");
      case SILENT -> {
        int never = in.read();
        return never >= 0;
      }
      case CUT -> {
        return false;
      }
      case HALF_A_STREAM -> {
        out.write(Stream.head());
        out.write(Stream.piece("half "));
        return false;
      }
      case HALF_A_CHARACTER -> {
        out.write(Stream.head());
        byte[] half = "data: \"ä".getBytes(StandardCharsets.UTF_8);
        out.write((Integer.toHexString(half.length - 1) + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.write(half, 0, half.length - 1);
        return false;
      }
    }
    return true;
  }

  private static void answer(String body, OutputStream out) throws IOException {
    Matcher number = NUMBER.matcher(body);
    String said = number.find() ? number.group(1) : "none";
    if (!body.contains("\"stream\":true")) {
      send(
          out,
          200,
          "",
          """
          {"id":"c","object":"chat.completion","created":1,"model":"moody","choices":[{"index":0,\
          "message":{"role":"assistant","content":"%s"},"finish_reason":"stop"}],\
          "usage":{"prompt_tokens":5,"completion_tokens":3,"total_tokens":8}}\
          """
              .formatted(said));
      return;
    }
    out.write(Stream.head());
    for (int i = 0; i < PIECES; i++) {
      out.write(Stream.piece(i == 0 ? said : "."));
      out.flush();
    }
    out.write(Stream.stop());
    out.write(Stream.event("[DONE]"));
    out.write(Stream.end());
    out.flush();
  }

  /** What the answer to a streamed number is. */
  static String streamed(long number) {
    return number + ".".repeat(PIECES - 1);
  }

  private static void send(OutputStream out, int status, String headers, String body)
      throws IOException {
    out.write(
        "HTTP/1.1 %d X\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n%s"
            .formatted(status, headers, body.length(), body)
            .getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
