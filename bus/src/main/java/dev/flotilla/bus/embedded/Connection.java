package dev.flotilla.bus.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** A client's socket with its session. Used by the loop's thread only. */
final class Connection {
  private final SocketChannel channel;
  private final SelectionKey key;
  private final Session session;
  private final Outbox outbox;
  private final long since;
  private Transport transport;
  private boolean blocked;
  private boolean dirty;
  private long blockedSince;
  private long pausedUntil;
  private Optional<Connection> pausedFor = Optional.empty();
  private int heldBefore;

  Connection(SocketChannel channel, SelectionKey key, Session session, Outbox outbox, long now) {
    this.channel = channel;
    this.key = key;
    this.session = session;
    this.outbox = outbox;
    this.since = now;
    this.transport = new Transport.Plain(channel);
  }

  Session session() {
    return session;
  }

  /** Greets; what follows is encrypted when there is a context. */
  void open(String greeting, Optional<SSLContext> tls) throws IOException {
    session.say(greeting);
    outbox.writeTo(transport);
    if (tls.isPresent()) {
      transport = new TlsTransport(channel, tls.get());
    }
    dirty = false;
  }

  /**
   * Reads once and acts on it.
   *
   * @return false when the client has ended
   */
  boolean read(byte[] buffer, long now) throws IOException {
    int count = transport.read(ByteBuffer.wrap(buffer));
    if (count > 0) {
      session.receive(buffer, 0, count, now);
    }
    return count >= 0;
  }

  /** Change of the bytes the session keeps of unfinished input since the last question. */
  int heldChange() {
    int held = session.held();
    int change = held - heldBefore;
    heldBefore = held;
    return change;
  }

  /** Bytes the server keeps for this client. */
  long memory() {
    return outbox.pending() + session.held();
  }

  void write(long now) throws IOException {
    dirty = false;
    long written = outbox.writeTo(transport);
    boolean sent = transport.flush() && outbox.pending() == 0;
    if (sent) {
      interest(SelectionKey.OP_WRITE, false);
    } else {
      if (!blocked || written > 0) {
        blockedSince = now;
      }
      interest(SelectionKey.OP_WRITE, transport.established() || !transport.flush());
    }
    blocked = !sent;
  }

  boolean blocked() {
    return blocked;
  }

  /** Marks that something waits; true when nothing was marked before. */
  boolean markDirty() {
    boolean first = !dirty;
    dirty = true;
    return first;
  }

  /** Stops reading from this client, so that the one it sends to can catch up. */
  void pause(Connection slow, long until) {
    pausedFor = Optional.of(slow);
    pausedUntil = until;
    interest(SelectionKey.OP_READ, false);
  }

  boolean paused() {
    return pausedFor.isPresent();
  }

  /**
   * Reads again once it is time or the slow one has caught up.
   *
   * @return whether the pause is over
   */
  boolean resume(long now, long enough) {
    if (now < pausedUntil && pausedFor.map(slow -> slow.memory() > enough).orElse(false)) {
      return false;
    }
    pausedFor = Optional.empty();
    interest(SelectionKey.OP_READ, true);
    return true;
  }

  void tick(long now, Limits limits) {
    Duration patience = limits.authTimeout();
    if (!transport.established() && now - since > patience.toNanos()) {
      session.end(ProtocolException.silent("TLS handshake timeout"));
    }
    session.tick(now);
  }

  /** Whether the client has left what waits for it unread for too long. */
  boolean stuck(long now, Limits limits) {
    return blocked && now - blockedSince > limits.writeTimeout().toNanos();
  }

  void close() {
    key.cancel();
    outbox.clear();
    try {
      channel.close();
    } catch (IOException e) {
      EventLoop.LOG.debug("closing a client's socket", e);
    }
  }

  private void interest(int operation, boolean wanted) {
    if (key.isValid()) {
      int now = key.interestOps();
      int then = wanted ? now | operation : now & ~operation;
      if (then != now) {
        key.interestOps(then);
      }
    }
  }
}
