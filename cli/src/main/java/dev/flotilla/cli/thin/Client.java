package dev.flotilla.cli.thin;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Has a plan command carried out by a running node. It ends with 111 when the node does not do it
 * and nothing was done; then the launcher runs the command itself. Arguments: the socket, the
 * umask, the columns of the terminal or 0, then the command line.
 */
public final class Client {
  static final int BY_YOURSELF = 111;
  private static final int FAILED = 1;
  private static final int BUFFER = 1 << 16;

  private final OutputStream out;
  private final OutputStream err;

  Client(OutputStream out, OutputStream err) {
    this.out = out;
    this.err = err;
  }

  public static void main(String[] args) {
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    OutputStream err = new FileOutputStream(FileDescriptor.err);
    Path directory = Path.of("").toAbsolutePath();
    List<String> words = new ArrayList<>();
    for (int i = 3; i < args.length; i++) {
      words.add(args[i]);
    }
    int code =
        new Client(out, err)
            .ask(
                Path.of(args[0]),
                args[1],
                Integer.parseInt(args[2]),
                directory,
                System.getenv(),
                words);
    Runtime.getRuntime().halt(code);
  }

  /** Asks the node behind this socket. Gives the exit code of the command. */
  int ask(
      Path socket,
      String umask,
      int columns,
      Path directory,
      Map<String, String> environment,
      List<String> words) {
    boolean begun = false;
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      Question question =
          new Question(umask, columns, directory.toString(), key(directory), environment, words);
      DataOutputStream to =
          new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER));
      question.write(to);
      to.flush();
      DataInputStream from = new DataInputStream(Channels.newInputStream(channel));
      if (from.readByte() != Answer.BEGUN) {
        return BY_YOURSELF;
      }
      begun = true;
      return print(from);
    } catch (IOException e) {
      return begun ? broken() : BY_YOURSELF;
    }
  }

  private int print(DataInputStream from) throws IOException {
    while (true) {
      switch (from.readByte()) {
        case Answer.OUT -> print(out, Wire.bytes(from));
        case Answer.ERR -> print(err, Wire.bytes(from));
        case Answer.ELSEWHERE -> {
          return BY_YOURSELF;
        }
        default -> {
          return from.readInt();
        }
      }
    }
  }

  /** Nobody may read any more, as after {@code | head}; the exit code still counts. */
  private static void print(OutputStream stream, byte[] bytes) {
    try {
      stream.write(bytes);
    } catch (IOException nobodyReads) {
      return;
    }
  }

  private int broken() {
    String words =
        """
        error: the node ended while it carried out this command
          expected: a node that runs to the end of it
          to do:    See whether it was done (flotilla plan log ID), then repeat it.
        """;
    print(err, words.getBytes(StandardCharsets.UTF_8));
    return FAILED;
  }

  /** Two processes that see the same folder under a path give it the same key. */
  static String key(Path directory) throws IOException {
    return String.valueOf(Files.readAttributes(directory, BasicFileAttributes.class).fileKey());
  }
}
