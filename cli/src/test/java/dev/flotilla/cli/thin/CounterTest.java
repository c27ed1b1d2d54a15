package dev.flotilla.cli.thin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cli.command.Commands;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CounterTest {
  @TempDir Path folder = Path.of("");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Path socket() {
    return folder.resolve("plan-b.sock");
  }

  private int ask(String... words) throws IOException {
    return ask(Map.of("USER", "ana"), umask(), words);
  }

  private int ask(Map<String, String> environment, String umask, String... words) {
    out.reset();
    err.reset();
    return new Client(out, err).ask(socket(), umask, 0, folder, environment, List.of(words));
  }

  /** As a shell says it. */
  private String umask() throws IOException {
    Path probe = Files.createFile(folder.resolve("probe"));
    Set<PosixFilePermission> mode = Files.getPosixFilePermissions(probe);
    Files.delete(probe);
    int given = 0;
    for (char c : PosixFilePermissions.toString(mode).toCharArray()) {
      given = given << 1 | (c == '-' ? 0 : 1);
    }
    return "0" + Integer.toOctalString(~given & 0777);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void theNodeAnswersAsTheCommandWouldItself() throws IOException {
    try (Counter counter = Counter.open(folder, "b", Commands::run)) {
      assertThat(ask("plan", "new", "Ünits", "--id", "u", "--phase", "One")).isZero();
      assertThat(ask("plan", "show", "u")).isZero();
      String served = out();
      assertThat(served).contains("Ünits").contains("PHASE 0: One");
      assertThat(ask("plan", "log", "u")).isZero();
      assertThat(out()).contains("ana");
      assertThat(ask("plan", "done", "u", "7")).isOne();
      assertThat(err.toString(StandardCharsets.UTF_8)).contains("no PHASE 7");
      assertThat(counter).isNotNull();
    }
    assertThat(Files.exists(socket())).isFalse();
  }

  @Test
  void whatDependsOnTheProcessIsLeftToIt() throws IOException {
    try (Counter counter = Counter.open(folder, "b", Commands::run)) {
      assertThat(ask("plan", "exec", "u", "0")).isEqualTo(Client.BY_YOURSELF);
      assertThat(ask("plan", "done", "u", "0", "--run", "x")).isEqualTo(Client.BY_YOURSELF);
      assertThat(ask("status", "list")).isEqualTo(Client.BY_YOURSELF);
      assertThat(ask(Map.of(), "0777", "plan", "list")).isEqualTo(Client.BY_YOURSELF);
      assertThat(counter).isNotNull();
    }
  }

  @Test
  void aGateThatScansIsLeftToTheProcessAndNothingIsWritten() throws IOException {
    try (Counter counter = Counter.open(folder, "b", Commands::run)) {
      Path plans = Files.createDirectories(folder.resolve("plans"));
      Path plan =
          Files.writeString(
              plans.resolve("g.md"), "## PHASE 0: a\n```gate\nscan: no findings >= low\n```\n");
      String before = Files.readString(plan);
      assertThat(ask("plan", "done", "g", "0", "--confidence", "99")).isEqualTo(Client.BY_YOURSELF);
      assertThat(out()).isEmpty();
      assertThat(plan).hasContent(before);
      assertThat(plans.resolve("g.events.jsonl")).doesNotExist();
      assertThat(counter).isNotNull();
    }
  }

  @Test
  void withoutANodeTheProcessDoesItItself() throws IOException {
    assertThat(ask("plan", "list")).isEqualTo(Client.BY_YOURSELF);
    Counter.open(folder, "b", Commands::run).close();
    Files.writeString(socket(), "left behind");
    assertThat(ask("plan", "list")).isEqualTo(Client.BY_YOURSELF);
    try (Counter counter = Counter.open(folder, "b", Commands::run)) {
      assertThat(ask("plan", "list")).isZero();
      assertThat(counter).isNotNull();
    }
  }

  @Test
  void aNodeThatDiesAfterItBeganIsNotRepeated() throws Exception {
    try (ServerSocketChannel server =
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
            .bind(UnixDomainSocketAddress.of(socket()))) {
      Thread dies = Thread.ofVirtual().start(() -> beginAndDie(server));
      assertThat(ask("plan", "add", "u", "x")).isOne();
      assertThat(err.toString(StandardCharsets.UTF_8)).contains("the node ended while");
      dies.join();
    }
  }

  private static void beginAndDie(ServerSocketChannel server) {
    try (SocketChannel client = server.accept()) {
      Question.read(new DataInputStream(Channels.newInputStream(client)));
      Channels.newOutputStream(client).write(Answer.BEGUN);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void aQuestionComesOverAsItWas() throws IOException {
    Map<String, String> environment = new HashMap<>(Map.of("A", "é\n", "B", ""));
    Question question =
        new Question("0022", 80, "/a b", "k", environment, List.of("plan", "new", "ü"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    question.write(new java.io.DataOutputStream(bytes));
    assertThat(
            Question.read(
                new DataInputStream(new java.io.ByteArrayInputStream(bytes.toByteArray()))))
        .isEqualTo(question);
  }
}
