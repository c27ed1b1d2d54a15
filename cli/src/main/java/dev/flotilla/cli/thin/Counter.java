package dev.flotilla.cli.thin;

import dev.flotilla.cli.context.Context;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out plan commands for other processes of the same user, by the same code that they would
 * run themselves. It leaves to them whatever would depend on whose process it is: commands that
 * start the user's programs or talk to a person, another umask, a folder that is another one here.
 * The socket's name holds a hash of the program, so that only processes of the same build find it.
 */
public final class Counter implements AutoCloseable {
  /** What runs a command line. */
  public interface Commands {
    int run(Context context, String... words);
  }

  private static final Logger LOG = LoggerFactory.getLogger(Counter.class);

  /** Commands that neither start programs of the user nor read standard input. */
  private static final Set<String> SERVED =
      Set.of(
          "list",
          "show",
          "done",
          "undo",
          "next",
          "status",
          "new",
          "add",
          "claim",
          "release",
          "ack",
          "review",
          "baseline",
          "calibration",
          "interrupt",
          "resume",
          "search",
          "log",
          "stats",
          "delete");

  private final Path socket;
  private final ServerSocketChannel server;
  private final Commands commands;
  private final int umask;

  private Counter(Path socket, ServerSocketChannel server, Commands commands, int umask) {
    this.socket = socket;
    this.server = server;
    this.commands = commands;
    this.umask = umask;
  }

  /**
   * Opens a counter.
   *
   * @param folder the state folder of a node, which nobody else writes to
   * @param build names the program; processes of another one do not find this counter
   */
  public static Counter open(Path folder, String build, Commands commands) throws IOException {
    Path socket = folder.resolve("plan-" + build + ".sock");
    int umask = umask(folder);
    Files.deleteIfExists(socket);
    ServerSocketChannel server =
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
            .bind(UnixDomainSocketAddress.of(socket));
    Counter counter = new Counter(socket, server, commands, umask);
    Thread.ofPlatform().daemon().name("plan-counter").start(counter::serve);
    return counter;
  }

  private static int umask(Path folder) throws IOException {
    Path probe = folder.resolve("umask-" + ProcessHandle.current().pid());
    Files.deleteIfExists(probe);
    Files.createFile(probe);
    int mode = (Integer) Files.getAttribute(probe, "unix:mode");
    Files.delete(probe);
    return ~mode & 0666;
  }

  private void serve() {
    while (server.isOpen()) {
      try {
        SocketChannel client = server.accept();
        Thread.ofVirtual().name("plan-command").start(() -> answer(client));
      } catch (IOException e) {
        if (server.isOpen()) {
          LOG.warn("plan commands are no longer taken here: {}", e.getMessage());
          close();
        }
      }
    }
  }

  private void answer(SocketChannel client) {
    try (client;
        DataInputStream in =
            new DataInputStream(new BufferedInputStream(Channels.newInputStream(client)));
        DataOutputStream out = new DataOutputStream(Channels.newOutputStream(client))) {
      Question question = Question.read(in);
      if (here(client, question)) {
        new Execution(commands, question).run(out);
      } else {
        out.writeByte(Answer.ELSEWHERE);
      }
    } catch (IOException gone) {
      LOG.debug("a plan command was given up: {}", gone.getMessage());
    }
  }

  private boolean here(SocketChannel client, Question question) throws IOException {
    List<String> words = question.words();
    Path directory = Path.of(question.directory());
    return words.size() > 1
        && words.get(0).equals("plan")
        && SERVED.contains(words.get(1))
        && words.stream().noneMatch(word -> word.startsWith("--run"))
        && (Integer.parseInt(question.umask(), 8) & 0666) == umask
        && client
            .getOption(ExtendedSocketOptions.SO_PEERCRED)
            .user()
            .getName()
            .equals(System.getProperty("user.name"))
        && Files.isDirectory(directory)
        && Client.key(directory).equals(question.key());
  }

  @Override
  public void close() {
    try {
      server.close();
      Files.deleteIfExists(socket);
    } catch (IOException e) {
      LOG.warn("{} stays behind: {}", socket, e.getMessage());
    }
  }
}
