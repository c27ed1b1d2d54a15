package dev.flotilla.bus.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RouterTest {
  private final Router router = new Router(new SplittableRandom(1));
  private final Session.Context context =
      new Session.Context(router, new Authenticator(List.of()), Limits.standard());
  private final Session publisher = session();

  @Test
  void noticesEveryChangeOfWhoListens() {
    Session first = session();
    Session second = session();
    say(first, "SUB a 1\r\n");
    publishOnA();
    assertThat(first.messagesOut()).isEqualTo(1);
    say(second, "SUB * 1\r\n");
    publishOnA();
    say(first, "UNSUB 1\r\n");
    publishOnA();
    say(publisher, "PUB ab 1\r\nx\r\nPUB b 1\r\nx\r\n");
    publishOnA();
    assertThat(first.messagesOut()).isEqualTo(2);
    assertThat(second.messagesOut()).isEqualTo(5);
    second.end(ProtocolException.silent("gone"));
    publishOnA();
    assertThat(second.messagesOut()).isEqualTo(5);
  }

  @Test
  void endsASubscriptionInTheMiddleOfAStream() {
    Session limited = session();
    say(limited, "SUB a 1\r\nUNSUB 1 3\r\n");
    for (int i = 0; i < 10; i++) {
      publishOnA();
    }
    assertThat(limited.messagesOut()).isEqualTo(3);
    assertThat(router.subscriptions()).isZero();
  }

  private Session session() {
    return new Session(context, new Outbox(new Chunks()), () -> {}, "", 0);
  }

  private void publishOnA() {
    say(publisher, "PUB a 1\r\nx\r\n");
  }

  private static void say(Session session, String words) {
    byte[] bytes = words.getBytes(ISO_8859_1);
    session.receive(bytes, 0, bytes.length, 0);
  }
}
