package dev.flotilla.cli.thin;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A client with somebody to talk to, for the JVM to note which classes that takes. Run by the
 * launcher alone.
 */
public final class Training {
  private Training() {}

  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory("flotilla");
    Path socket = folder.resolve("s");
    try (ServerSocketChannel server =
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
            .bind(UnixDomainSocketAddress.of(socket))) {
      Thread.ofPlatform().daemon().start(() -> answer(server));
      int code =
          new Client(OutputStream.nullOutputStream(), OutputStream.nullOutputStream())
              .ask(
                  socket,
                  "0022",
                  0,
                  Path.of("").toAbsolutePath(),
                  System.getenv(),
                  List.of("plan", "list"));
      System.exit(code);
    } finally {
      Files.delete(socket);
      Files.delete(folder);
    }
  }

  private static void answer(ServerSocketChannel server) {
    try (SocketChannel client = server.accept();
        DataOutputStream out = new DataOutputStream(Channels.newOutputStream(client))) {
      Question.read(new DataInputStream(Channels.newInputStream(client)));
      out.writeByte(Answer.BEGUN);
      out.writeByte(Answer.OUT);
      Wire.bytes(out, "words\n".getBytes(StandardCharsets.UTF_8));
      out.writeByte(Answer.END);
      out.writeInt(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
