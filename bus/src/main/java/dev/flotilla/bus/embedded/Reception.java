package dev.flotilla.bus.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Lets clients in: some in each round, no more than there may be, none while files run out. */
final class Reception implements AutoCloseable {
  /** Told of each client that is let in. */
  @FunctionalInterface
  interface Welcome {
    void welcome(SocketChannel client) throws IOException;
  }

  private static final int A_ROUND = 64;
  private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final byte[] FULL =
      ("-ERR '" + ProtocolException.MAX_CONNECTIONS + "'\r\n").getBytes(StandardCharsets.US_ASCII);

  private final ServerSocketChannel acceptor;
  private final SelectionKey key;
  private final int most;
  private long againAt;

  /**
   * @param most clients at once
   */
  Reception(ServerSocketChannel acceptor, Selector selector, int most) throws IOException {
    this.acceptor = acceptor;
    this.key = acceptor.register(selector, SelectionKey.OP_ACCEPT);
    this.most = most;
  }

  /**
   * Accepts those who wait.
   *
   * @param present how many clients there are already
   */
  void accept(int present, long now, Welcome welcome) {
    int room = most - present;
    for (int i = 0; i < A_ROUND; i++) {
      SocketChannel client;
      try {
        client = acceptor.accept();
      } catch (IOException e) {
        EventLoop.LOG.warn(
            "the embedded bus cannot accept clients at the moment: {}", e.getMessage());
        key.interestOps(0);
        againAt = now + AGAIN_NANOS;
        return;
      }
      if (client == null) {
        return;
      }
      admit(client, room > 0, welcome);
      room--;
    }
  }

  /** Looks whether it is time to accept again. */
  void tick(long now) {
    if (key.interestOps() == 0 && now - againAt >= 0) {
      key.interestOps(SelectionKey.OP_ACCEPT);
    }
  }

  @Override
  public void close() throws IOException {
    acceptor.close();
  }

  private static void admit(SocketChannel client, boolean room, Welcome welcome) {
    try {
      client.configureBlocking(false);
      if (room) {
        welcome.welcome(client);
      } else {
        client.write(ByteBuffer.wrap(FULL));
        client.close();
      }
    } catch (IOException e) {
      EventLoop.LOG.debug("a client went while it was welcomed", e);
      EventLoop.closeQuietly(client);
    }
  }
}
