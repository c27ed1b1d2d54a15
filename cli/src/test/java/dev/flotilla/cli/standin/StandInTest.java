package dev.flotilla.cli.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StandInTest {
  @Test
  void aRoleSurvivesItsCommandLine() {
    Role role =
        new Role(
            120,
            List.of("127.0.1.1:27200", "127.0.1.1:28200"),
            List.of("ready = yes", "second line"),
            true,
            Role.Fault.HANG,
            600,
            "/tmp/a b.once");
    assertThat(Role.read(role.arguments().toArray(String[]::new))).isEqualTo(role);
  }

  @Test
  void httpIsAnswered() throws IOException {
    assertThat(
            answer("GET /health HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))
        .startsWith("HTTP/1.1 200 OK\r\n")
        .endsWith("{\"status\":\"ok\",\"standIn\":true}");
  }

  @Test
  void whoOnlyConnectsIsLetGo() throws IOException {
    assertThat(answer(new byte[0])).isEmpty();
  }

  @Test
  void zmtpIsAnsweredWithAMessage() throws IOException {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    byte[] greeting = new byte[64];
    greeting[0] = (byte) 0xff;
    greeting[9] = 0x7f;
    greeting[10] = 3;
    request.write(greeting);
    request.write(new byte[] {4, 6, 5, 'R', 'E', 'A', 'D', 'Y'});
    request.write(new byte[] {1, 0, 0, 4, 'p', 'i', 'n', 'g'});
    String answer = answer(request.toByteArray());
    assertThat(answer).contains("Socket-Type\0\0\0\3REP").endsWith("\1\0\0\2ok");
  }

  private static String answer(byte[] request) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Answers.to(new ByteArrayInputStream(request), out);
    return out.toString(StandardCharsets.ISO_8859_1);
  }
}
