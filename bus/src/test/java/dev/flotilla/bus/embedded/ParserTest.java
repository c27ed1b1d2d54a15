package dev.flotilla.bus.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ParserTest {
  private static final int MAX_LINE = 128;
  private static final int MAX_PAYLOAD = 20_000;

  /** Writes down what it is told. */
  private static final class Recorder implements Parser.Handler {
    final List<String> heard = new ArrayList<>();

    @Override
    public void connect(String json) {
      heard.add("connect " + json);
    }

    @Override
    public void ping() {
      heard.add("ping");
    }

    @Override
    public void pong() {
      heard.add("pong");
    }

    @Override
    public void announced(boolean withHeaders) {}

    @Override
    public void publish(Publication p) {
      heard.add(
          "publish "
              + p.subject()
              + " "
              + (p.hasReply() ? p.reply() : "-")
              + " "
              + p.headerLength
              + " "
              + new String(p.body, p.bodyFrom, p.length, ISO_8859_1));
    }

    @Override
    public void subscribe(String subject, String queue, String sid) {
      heard.add("subscribe " + subject + " " + queue + " " + sid);
    }

    @Override
    public void unsubscribe(String sid, long max) {
      heard.add("unsubscribe " + sid + " " + max);
    }
  }

  @Test
  void readsAnyStreamCutAnywhere() throws ProtocolException {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<String> expected = new ArrayList<>();
      byte[] stream = stream(random, expected);
      Recorder recorder = new Recorder();
      Parser parser = new Parser(MAX_LINE, MAX_PAYLOAD);
      int longest = 1 + random.nextInt(random.nextBoolean() ? 8 : 9000);
      int at = 0;
      while (at < stream.length) {
        int length = Math.min(stream.length - at, 1 + random.nextInt(longest));
        // The parser must not count on the buffer after the call.
        byte[] piece = new byte[length + 3];
        System.arraycopy(stream, at, piece, 3, length);
        parser.feed(piece, 3, length + 3, recorder);
        java.util.Arrays.fill(piece, (byte) 'X');
        at += length;
      }
      assertThat(recorder.heard).as("seed %d", seed).isEqualTo(expected);
      assertThat(parser.held()).isZero();
    }
  }

  @Test
  void survivesNoiseWithBoundedMemory() {
    for (long seed = 0; seed < 3000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] noise = stream(random, new ArrayList<>());
      for (int i = 0; i <= random.nextInt(4); i++) {
        noise[random.nextInt(noise.length)] = (byte) random.nextInt(256);
      }
      Parser parser = new Parser(MAX_LINE, MAX_PAYLOAD);
      Recorder recorder = new Recorder();
      int at = 0;
      try {
        while (at < noise.length) {
          int length = Math.min(noise.length - at, 1 + random.nextInt(500));
          parser.feed(noise, at, at + length, recorder);
          at += length;
        }
      } catch (ProtocolException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
      assertThat(parser.held()).isLessThanOrEqualTo(2 * MAX_LINE + 2 * MAX_PAYLOAD);
    }
  }

  @Test
  void holdsLittleForAPayloadThatIsOnlyAnnounced() throws ProtocolException {
    Parser parser = new Parser(4096, 1 << 20);
    byte[] line = "PUB a 1000000\r\nbegin".getBytes(ISO_8859_1);
    parser.feed(line, 0, line.length, new Recorder());
    assertThat(parser.held()).isLessThan(8192);
  }

  private static byte[] stream(SplittableRandom random, List<String> expected) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int count = 1 + random.nextInt(12);
    for (int i = 0; i < count; i++) {
      String said =
          switch (random.nextInt(8)) {
            case 0 -> told("PING\r\n", "ping", expected);
            case 1 -> told("pong \r\n", "pong", expected);
            case 2 -> told("SUB a.b  7\n", "subscribe a.b  7", expected);
            case 3 -> told("sub a.> q 8\r\n", "subscribe a.> q 8", expected);
            case 4 -> told("UNSUB 7\t5\r\n", "unsubscribe 7 5", expected);
            case 5 -> told("CONNECT {\"a\":1}\r\n", "connect {\"a\":1}", expected);
            case 6 -> {
              String data = data(random);
              yield told(
                  "PUB x.y " + data.length() + "\r\n" + data + "\r\n",
                  "publish x.y - 0 " + data,
                  expected);
            }
            default -> {
              String data = "NATS/1.0\r\n\r\n" + data(random);
              yield told(
                  "HPUB x re.ply 12 " + data.length() + "\r\n" + data + "\r\n",
                  "publish x re.ply 12 " + data,
                  expected);
            }
          };
      out.writeBytes(said.getBytes(ISO_8859_1));
    }
    return out.toByteArray();
  }

  private static String told(String words, String meaning, List<String> expected) {
    expected.add(meaning);
    return words;
  }

  private static String data(SplittableRandom random) {
    byte[] data = new byte[random.nextInt(random.nextBoolean() ? 20 : 15_000)];
    random.nextBytes(data);
    return new String(data, ISO_8859_1);
  }
}
