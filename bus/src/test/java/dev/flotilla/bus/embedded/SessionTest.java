package dev.flotilla.bus.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SessionTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Router router = new Router(new SplittableRandom(1));
  private final Chunks chunks = new Chunks();

  /** A session with no socket, and what it was told. */
  private final class Fixture {
    final Outbox out = new Outbox(chunks);
    final Session session;

    Fixture(Login... logins) {
      Session.Context context =
          new Session.Context(router, new Authenticator(List.of(logins)), Limits.standard());
      session = new Session(context, out, () -> {}, "nonce", 0);
    }

    void say(String words, long now) {
      byte[] bytes = words.getBytes(ISO_8859_1);
      session.receive(bytes, 0, bytes.length, now);
    }

    String heard() throws IOException {
      Paper paper = new Paper();
      out.writeTo(paper);
      return paper.text.toString();
    }
  }

  private static final class Paper implements Transport {
    final StringBuilder text = new StringBuilder();

    @Override
    public int read(ByteBuffer into) {
      return 0;
    }

    @Override
    public int write(ByteBuffer from) {
      int length = from.remaining();
      byte[] bytes = new byte[length];
      from.get(bytes);
      text.append(new String(bytes, ISO_8859_1));
      return length;
    }

    @Override
    public boolean flush() {
      return true;
    }

    @Override
    public boolean established() {
      return true;
    }
  }

  @Test
  void asksTheSilentTwiceAndThenEnds() throws IOException {
    Fixture client = new Fixture();
    client.session.tick(119 * SECOND);
    assertThat(client.heard()).isEmpty();
    client.session.tick(121 * SECOND);
    assertThat(client.heard()).isEqualTo("PING\r\n");
    client.session.tick(122 * SECOND);
    assertThat(client.heard()).isEmpty();
    client.session.tick(242 * SECOND);
    assertThat(client.heard()).isEqualTo("PING\r\n");
    client.session.tick(363 * SECOND);
    assertThat(client.heard()).isEqualTo("-ERR 'Stale Connection'\r\n");
    assertThat(client.session.ended()).contains("Stale Connection");
  }

  @Test
  void doesNotAskWhoTalks() throws IOException {
    Fixture client = new Fixture();
    client.say("PUB a 0\r\n\r\n", 100 * SECOND);
    client.session.tick(130 * SECOND);
    assertThat(client.heard()).isEmpty();
  }

  @Test
  void givesTwoSecondsToProveOneself() throws IOException {
    Fixture client = new Fixture(new Login.Token("t"));
    client.session.tick(SECOND);
    assertThat(client.session.ended()).isEmpty();
    client.session.tick(3 * SECOND);
    assertThat(client.heard()).isEqualTo("-ERR 'Authentication Timeout'\r\n");
  }

  @Test
  void leavesNothingBehind() {
    Fixture client = new Fixture();
    Fixture other = new Fixture();
    client.say("SUB a 1\r\nSUB b.> q 2\r\nSUB c.* 3\r\nPUB a 3\r\nxyz\r\n", 0);
    other.say("PUB a 3\r\nxyz\r\n", 0);
    assertThat(router.subscriptions()).isEqualTo(3);
    assertThat(chunks.waiting()).isPositive();
    client.session.end(ProtocolException.silent("gone"));
    assertThat(router.subscriptions()).isZero();
    other.say("PUB a 3\r\nxyz\r\n", 0);
    client.out.clear();
    assertThat(chunks.waiting()).isZero();
  }

  @Test
  void hidesSecretsFromLogs() {
    assertThat(new Login.Token("s3cret").toString()).doesNotContain("s3cret");
    assertThat(new Login.User("ann", "s3cret").toString()).doesNotContain("s3cret");
    assertThat(ServerOptions.local().withLogins(new Login.Token("s3cret")).toString())
        .doesNotContain("s3cret");
  }
}
