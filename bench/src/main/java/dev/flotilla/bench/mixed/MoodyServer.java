package dev.flotilla.bench.mixed;

import dev.flotilla.bench.rig.ModelServer;
import dev.flotilla.bench.rig.Stream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server of models that says the number in the question after itself, and, where it is moody,
 * fails in every third request in one of the ways servers fail. {@code MoodyServer PORT} runs one
 * that is not moody. Thread-safe.
 */
final class MoodyServer implements AutoCloseable {
  private static final Pattern NUMBER = Pattern.compile("number (\\d+)");
  private static final int PIECES = 8;

  private final ModelServer server;
  private final Random random;
  private final boolean moody;
  private final AtomicInteger open = new AtomicInteger();
  private final Map<Mood, LongAdder> moods = new ConcurrentHashMap<>();

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

  /**
   * @param port 0 for any
   */
  MoodyServer(Random random, boolean moody, int port) throws IOException {
    this.random = random;
    this.moody = moody;
    server = new ModelServer(this::talk, port);
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    try (MoodyServer _ = new MoodyServer(new Random(), false, Integer.parseInt(arguments[0]))) {
      new CountDownLatch(1).await();
    }
  }

  /** How one is run as the server of a model, in a manifest. */
  static String command() {
    try {
      return String.join(
          " ",
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx32m -cp",
          Path.of(MoodyServer.class.getProtectionDomain().getCodeSource().getLocation().toURI())
              .toString(),
          MoodyServer.class.getName(),
          "${port}");
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How often it did what instead of an answer. */
  Map<String, String> moods() {
    Map<String, String> counts = new TreeMap<>();
    moods.forEach(
        (mood, count) ->
            counts.put(mood.name().toLowerCase(Locale.ROOT).replace('_', ' '), count.toString()));
    return counts;
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
        Mood mood = Mood.values()[random.nextInt(Mood.values().length)];
        moods.computeIfAbsent(mood, m -> new LongAdder()).increment();
        return fail(mood, in, out);
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
    if (body.contains("\"input\"")) {
      send(
          out,
          200,
          "",
          """
          {"object":"list","model":"moody","data":[{"object":"embedding","index":0,\
          "embedding":[%s,1.0]}],"usage":{"prompt_tokens":5,"total_tokens":5}}\
          """
              .formatted(said));
      return;
    }
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
