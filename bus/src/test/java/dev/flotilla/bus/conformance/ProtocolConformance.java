package dev.flotilla.bus.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.bus.embedded.Limits;
import dev.flotilla.bus.embedded.Login;
import dev.flotilla.bus.embedded.ServerOptions;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol word for word, over a bare socket. */
@Timeout(60)
abstract class ProtocolConformance {
  private static final Limits IMPATIENT =
      Limits.standard()
          .withTimes(Duration.ofMillis(700), 2, Duration.ofMinutes(1), Duration.ofMinutes(1));
  private static final Limits EARLY_LOGIN =
      Limits.standard()
          .withTimes(Duration.ofMinutes(2), 2, Duration.ofSeconds(1), Duration.ofMinutes(1));

  abstract RunningServer start(ServerOptions options);

  @Nested
  class WithoutLogin {
    private RunningServer server;
    private RawClient client;

    @BeforeEach
    void begin() throws IOException {
      server =
          start(
              ServerOptions.local()
                  .withLimits(
                      Limits.standard()
                          .withMaxPayload(1024)
                          .withMaxControlLine(256)
                          .withClients(20, 5)));
      client = RawClient.usual(server.port());
    }

    @AfterEach
    void end() throws IOException {
      client.close();
      server.close();
    }

    @Test
    void introducesItself() {
      assertThat(client.info())
          .startsWith("INFO {")
          .contains("\"max_payload\":1024", "\"headers\":true", "\"proto\":1", "\"server_id\":")
          .contains("\"client_id\":", "\"version\":\"2.9")
          .doesNotContain("auth_required", "tls_required", "nonce");
    }

    @Test
    void answersPing() throws IOException {
      client.say("ping\r\nPiNg \r\nPING\n");
      assertThat(client.line()).isEqualTo("PONG");
      assertThat(client.line()).isEqualTo("PONG");
      assertThat(client.line()).isEqualTo("PONG");
    }

    @Test
    void deliversOnceForEachSubscription() throws IOException {
      client.say("SUB a.b 1\r\nSUB a.* 2\r\nSUB > 3\r\nSUB a 4\r\nPUB a.b 2\r\nhi\r\n");
      String heard = client.untilPong();
      assertThat(heard.split("\\|"))
          .containsExactlyInAnyOrder("MSG a.b 1 2", "hi", "MSG a.b 2 2", "hi", "MSG a.b 3 2", "hi");
    }

    @Test
    void passesTheReplySubjectAndTabs() throws IOException {
      client.say("sub\ta 1\r\npub  a\treply.to   2\r\nhi\r\n");
      assertThat(client.untilPong()).isEqualTo("MSG a 1 reply.to 2|hi|");
    }

    @Test
    void takesEmptyMessagesAndLinesInPieces() throws IOException {
      for (String piece : new String[] {"SU", "B a ", "1\r", "\nPUB a", " 0", "\r\n\r", "\n"}) {
        client.say(piece);
        pause();
      }
      assertThat(client.untilPong()).isEqualTo("MSG a 1 0||");
    }

    /** Long enough for the server to see one piece before the next is sent. */
    private void pause() throws IOException {
      try (RawClient other = RawClient.usual(server.port())) {
        other.untilPong();
      }
    }

    @Test
    void carriesHeaders() throws IOException {
      client.say("SUB a 1\r\nHPUB a 18 20\r\nNATS/1.0\r\nA: b\r\n\r\nhi\r\n");
      assertThat(client.untilPong()).isEqualTo("HMSG a 1 18 20|NATS/1.0|A: b||hi|");
    }

    @Test
    void takesHeadersAwayFromWhoDoesNotKnowThem() throws IOException {
      try (RawClient old = RawClient.connected(server.port(), "\"verbose\":false")) {
        old.say("SUB a 1\r\n");
        old.untilPong();
        client.say("HPUB a r 18 20\r\nNATS/1.0\r\nA: b\r\n\r\nhi\r\n");
        client.untilPong();
        assertThat(old.untilPong()).isEqualTo("MSG a 1 r 2|hi|");
        old.say("HPUB a 12 14\r\nNATS/1.0\r\n\r\nhi\r\n");
        assertThat(old.untilEnd()).isEqualTo("(end)");
      }
    }

    @Test
    void saysThatNobodyListens() throws IOException {
      client.say("SUB inbox.* 7\r\nPUB nobody inbox.1 0\r\n\r\n");
      assertThat(client.untilPong()).isEqualTo("HMSG inbox.1 7 16 16|NATS/1.0 503|||");
    }

    @Test
    void saysNothingOfNobodyToWhoDidNotAsk() throws IOException {
      try (RawClient other =
          RawClient.connected(server.port(), "\"verbose\":false,\"headers\":true")) {
        other.say("SUB inbox.* 7\r\nPUB nobody inbox.1 0\r\n\r\n");
        assertThat(other.untilPong()).isEmpty();
      }
    }

    @Test
    void doesNotEchoWhenAskedNotTo() throws IOException {
      try (RawClient quiet =
          RawClient.connected(
              server.port(),
              "\"verbose\":false,\"echo\":false,\"headers\":true,\"no_responders\":true")) {
        quiet.say("SUB a 1\r\nSUB in 2\r\nPUB a 1\r\nx\r\nPUB a in 1\r\nx\r\n");
        assertThat(quiet.untilPong()).isEqualTo("HMSG in 2 16 16|NATS/1.0 503|||");
        client.say("PUB a 1\r\ny\r\n");
        client.untilPong();
        assertThat(quiet.untilPong()).isEqualTo("MSG a 1 1|y|");
      }
    }

    @Test
    void givesAQueuesMessageToAMemberThatTakesIt() throws IOException {
      try (RawClient quiet =
          RawClient.connected(server.port(), "\"verbose\":false,\"echo\":false")) {
        quiet.say("SUB a team 1\r\n");
        quiet.untilPong();
        client.say("SUB a team 1\r\n");
        client.untilPong();
        for (int i = 0; i < 20; i++) {
          quiet.say("PUB a 1\r\nx\r\n");
        }
        quiet.untilPong();
        assertThat(client.untilPong()).isEqualTo("MSG a 1 1|x|".repeat(20));
      }
    }

    @Test
    void endsASubscriptionAtItsMaximum() throws IOException {
      client.say("SUB a 1\r\nUNSUB 1 2\r\n");
      client.say("PUB a 1\r\n1\r\nPUB a 1\r\n2\r\nPUB a 1\r\n3\r\n");
      assertThat(client.untilPong()).isEqualTo("MSG a 1 1|1|MSG a 1 1|2|");
      client.say("SUB b 2\r\nPUB b 1\r\n1\r\nPUB b 1\r\n2\r\nUNSUB 2 1\r\nPUB b 1\r\n3\r\n");
      assertThat(client.untilPong()).isEqualTo("MSG b 2 1|1|MSG b 2 1|2|");
      client.say("SUB c 3\r\nUNSUB 3\r\nPUB c 1\r\n1\r\nUNSUB 99\r\n");
      assertThat(client.untilPong()).isEmpty();
    }

    @Test
    void keepsTheFirstOfTwoSubscriptionsWithOneSid() throws IOException {
      client.say("SUB a 1\r\nSUB b 1\r\nPUB a 1\r\nx\r\nPUB b 1\r\ny\r\n");
      assertThat(client.untilPong()).isEqualTo("MSG a 1 1|x|");
    }

    @Test
    void confirmsToTheVerbose() throws IOException {
      try (RawClient verbose = RawClient.connected(server.port(), "\"verbose\":true")) {
        verbose.say("SUB a 1\r\nPUB a 1\r\nx\r\nUNSUB 1\r\n");
        assertThat(verbose.untilPong()).isEqualTo("+OK|+OK|+OK|MSG a 1 1|x|+OK|");
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a..b", ".a", "a.", "a.>.b", ">.a"})
    void refusesMalformedSubjects(String subject) throws IOException {
      client.say("SUB " + subject + " 1\r\n");
      assertThat(client.untilPong()).isEqualTo("-ERR 'Invalid Subject'|");
      client.say("SUB > 2\r\nSUB *.* 3\r\nPUB " + subject + " 1\r\nx\r\n");
      String heard = client.untilPong();
      if (subject.contains("..") || subject.startsWith(".") || subject.endsWith(".")) {
        assertThat(heard).isEmpty();
      } else {
        assertThat(heard).contains("MSG " + subject + " 2 1|x|");
      }
    }

    @Test
    void tellsThePedanticOfWildcardsInPublications() throws IOException {
      try (RawClient pedantic =
          RawClient.connected(server.port(), "\"verbose\":false,\"pedantic\":true")) {
        pedantic.say("PUB a.* 1\r\nx\r\n");
        assertThat(pedantic.untilPong()).isEqualTo("-ERR 'Invalid Publish Subject'|");
      }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "GET / HTTP/1.1\r\n",
          "\r\n",
          "PUBX a 1\r\n",
          "SUBSCRIBE",
          "MSG a 1 1\r\nx\r\n",
          "\u0000\u0001\u0002",
          "\u0016\u0003\u0001\u0002\u0000",
          "PUB a 1\r\nxyz\r\n",
          "CONNEKT",
          "+KO",
          "PUB\r\n"
        })
    void endsWithWhoSpeaksAnotherLanguage(String garbage) throws IOException {
      client.say(garbage);
      assertThat(client.untilEnd()).isEqualTo("-ERR 'Unknown Protocol Operation'|(end)");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "PUB a\r\n",
          "PUB a b c d 1\r\n",
          "PUB a -1\r\n",
          "PUB a x\r\n",
          "PUB a 2000000000\r\n",
          "PUB a 99999999999999999999\r\n",
          "HPUB a 1\r\n",
          "HPUB a 12 4\r\n",
          "HPUB a x 4\r\n",
          "SUB a\r\n",
          "SUB a b c d\r\n",
          "UNSUB \r\n",
          "UNSUB 1 2 3\r\n",
          "CONNECT {\r\n",
          "CONNECT nonsense\r\n"
        })
    void endsWithWhoMixesUpArguments(String line) throws IOException {
      client.say(line);
      assertThat(client.untilEnd()).isEqualTo("(end)");
    }

    @ParameterizedTest
    @CsvSource({"PUB a 1025", "HPUB a 100000000 100000000", "PUB a 200000000"})
    void endsWithWhoAnnouncesTooMuch(String line) throws IOException {
      client.say(line + "\r\n");
      assertThat(client.untilEnd()).isEqualTo("-ERR 'Maximum Payload Violation'|(end)");
    }

    @Test
    void endsWithTooLongALine() throws IOException {
      client.say("SUB " + "a".repeat(400) + " 1\r\n");
      assertThat(client.untilEnd()).isEqualTo("-ERR 'maximum control line exceeded'|(end)");
      try (RawClient endless = RawClient.usual(server.port())) {
        endless.say("PUB " + "a".repeat(400));
        assertThat(endless.untilEnd()).isEqualTo("-ERR 'maximum control line exceeded'|(end)");
      }
    }

    @Test
    void refusesMoreSubscriptionsThanAllowed() throws IOException {
      client.say("SUB a 1\r\nSUB a 2\r\nSUB a 3\r\nSUB a 4\r\nSUB a 5\r\nSUB a 6\r\n");
      assertThat(client.untilPong()).isEqualTo("-ERR 'maximum subscriptions exceeded'|");
      client.say("PUB a 1\r\nx\r\n");
      assertThat(client.untilPong().split("MSG")).hasSize(6);
    }

    @Test
    void refusesNoRespondersWithoutHeaders() throws IOException {
      try (RawClient odd = RawClient.connected(server.port(), "\"no_responders\":true")) {
        assertThat(odd.untilEnd()).isEqualTo("-ERR 'no responders requires headers support'|(end)");
      }
    }

    @Test
    void refusesAProtocolItDoesNotSpeak() throws IOException {
      try (RawClient odd = RawClient.connected(server.port(), "\"protocol\":7")) {
        assertThat(odd.untilEnd()).isEqualTo("-ERR 'invalid client protocol'|(end)");
      }
    }

    @Test
    void ignoresWhatOnlyServersSay() throws IOException {
      client.say("+OK\r\nINFO {}\r\nSUB a 1\r\nPUB a 1\r\nx\r\n");
      assertThat(client.untilPong()).isEqualTo("MSG a 1 1|x|");
    }
  }

  @Test
  void asksWhetherAClientIsStillThere() throws IOException {
    try (RunningServer server = start(ServerOptions.local().withLimits(IMPATIENT));
        RawClient client = RawClient.usual(server.port())) {
      assertThat(client.line()).isEqualTo("PING");
      client.say("PONG\r\n");
      assertThat(client.line()).isEqualTo("PING");
      assertThat(client.untilEnd()).isEqualTo("-ERR 'Stale Connection'|(end)");
    }
  }

  @Test
  void demandsALoginFirst() throws IOException {
    ServerOptions options =
        ServerOptions.local().withLogins(new Login.Token("t")).withLimits(EARLY_LOGIN);
    try (RunningServer server = start(options)) {
      for (String words : new String[] {"PING\r\n", "SUB a 1\r\n", "CONNECT {}\r\n"}) {
        try (RawClient client = new RawClient(server.port())) {
          assertThat(client.info()).contains("\"auth_required\":true");
          client.say(words);
          assertThat(client.untilEnd()).isEqualTo("-ERR 'Authorization Violation'|(end)");
        }
      }
      try (RawClient late = new RawClient(server.port())) {
        assertThat(late.untilEnd()).isEqualTo("-ERR 'Authentication Timeout'|(end)");
      }
      try (RawClient client =
          RawClient.connected(server.port(), "\"auth_token\":\"t\",\"verbose\":false")) {
        assertThat(client.untilPong()).isEmpty();
      }
    }
  }

  @Test
  void refusesMoreClientsThanAllowed() throws IOException {
    ServerOptions options = ServerOptions.local().withLimits(Limits.standard().withClients(2, 10));
    try (RunningServer server = start(options);
        RawClient first = RawClient.usual(server.port());
        RawClient second = RawClient.usual(server.port())) {
      first.untilPong();
      second.untilPong();
      try (RawClient third = new RawClient(server.port())) {
        String heard = third.info().startsWith("INFO") ? third.line() : third.info();
        assertThat(heard).isEqualTo("-ERR 'maximum connections exceeded'");
      }
      assertThat(first.untilPong()).isEmpty();
    }
  }
}
