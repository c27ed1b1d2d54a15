package dev.flotilla.bus.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that accepts, reads, routes and writes. What clients are sent in one round is
 * written at its end, so that many messages share a system call.
 */
final class EventLoop implements Runnable {
  static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);

  private static final int READ_SIZE = 64 * 1024;
  private static final int WRITE_EARLY = 64 * 1024;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long RESUME_CHECK_MILLIS = 1;

  private final ServerOptions options;
  private final ServerInfo info;
  private final Session.Context context;
  private final LongSupplier clock;
  private final SecureRandom nonces;
  private final Selector selector;
  private final Reception reception;
  private final Chunks chunks = new Chunks();
  private final byte[] readBuffer = new byte[READ_SIZE];
  private final Set<Connection> connections = new LinkedHashSet<>();
  private final Queue<Connection> dirty = new ArrayDeque<>();
  private final List<Connection> paused = new ArrayList<>();
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final long tickNanos;

  private Optional<Connection> reading = Optional.empty();
  private volatile boolean stopping;
  private long now;
  private long nextTick;
  private long held;
  private long opened;
  private long slowConsumers;
  private long messagesInBefore;
  private long messagesOutBefore;

  EventLoop(
      ServerOptions options,
      ServerInfo info,
      Session.Context context,
      ServerSocketChannel acceptor,
      LongSupplier clock,
      SecureRandom nonces)
      throws IOException {
    this.options = options;
    this.info = info;
    this.context = context;
    this.clock = clock;
    this.nonces = nonces;
    this.selector = Selector.open();
    Limits limits = options.limits();
    this.reception = new Reception(acceptor, selector, limits.maxConnections());
    long shortest =
        Math.min(
            limits.writeTimeout().toNanos(),
            Math.min(limits.pingInterval().toNanos(), limits.authTimeout().toNanos()));
    this.tickNanos = Math.clamp(shortest / 4, 1_000_000L, TimeUnit.SECONDS.toNanos(1));
  }

  @Override
  public void run() {
    try {
      while (!stopping) {
        selector.select(this::ready, waitMillis());
        now = clock.getAsLong();
        runTasks();
        resumePaused();
        writeDirty();
        if (now - nextTick >= 0) {
          tick();
        }
      }
    } catch (IOException | RuntimeException e) {
      LOG.error("the embedded bus ended", e);
    } finally {
      end();
    }
  }

  /** Runs something on the loop's thread. */
  void execute(Runnable task) {
    tasks.add(task);
    selector.wakeup();
  }

  void stop() {
    stopping = true;
    selector.wakeup();
  }

  /** To be called on the loop's thread. */
  ServerStats stats() {
    long in = messagesInBefore;
    long out = messagesOutBefore;
    for (Connection connection : connections) {
      in += connection.session().messagesIn();
      out += connection.session().messagesOut();
    }
    return new ServerStats(
        connections.size(),
        opened,
        context.router().subscriptions(),
        in,
        out,
        chunks.waiting(),
        slowConsumers);
  }

  private long waitMillis() {
    if (!dirty.isEmpty()) {
      return 1;
    }
    return paused.isEmpty()
        ? Math.max(1, TimeUnit.NANOSECONDS.toMillis(nextTick - clock.getAsLong()))
        : RESUME_CHECK_MILLIS;
  }

  private void ready(SelectionKey key) {
    now = clock.getAsLong();
    if (key.attachment() instanceof Connection connection) {
      guarded(connection, () -> ready(key, connection));
    } else {
      reception.accept(connections.size(), now, this::welcome);
    }
  }

  private void ready(SelectionKey key, Connection connection) throws IOException {
    if (key.isWritable()) {
      connection.write(now);
    }
    if (key.isValid() && key.isReadable() && !connection.paused()) {
      reading = Optional.of(connection);
      boolean open;
      try {
        open = connection.read(readBuffer, now);
      } finally {
        reading = Optional.empty();
      }
      held += connection.heldChange();
      if (!open) {
        connection.session().end(ProtocolException.silent("Client Closed"));
        remove(connection);
      } else {
        boundMemory();
      }
    }
  }

  private void welcome(SocketChannel channel) throws IOException {
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
    Outbox outbox = new Outbox(chunks);
    String nonce = context.authenticator().challenges() ? nonce() : "";
    Session session = new Session(context, outbox, () -> hasOutput(key), nonce, now);
    Connection connection = new Connection(channel, key, session, outbox, now);
    key.attach(connection);
    connections.add(connection);
    opened++;
    guarded(
        connection,
        () -> connection.open(info.line(opened, address(channel), nonce), options.tls()));
  }

  private void hasOutput(SelectionKey key) {
    if (!(key.attachment() instanceof Connection connection)) {
      return;
    }
    if (connection.markDirty()) {
      dirty.add(connection);
    }
    long waiting = connection.memory();
    if (waiting < WRITE_EARLY || connection.session().ended().isPresent()) {
      return;
    }
    if (!connection.blocked()) {
      guarded(connection, () -> connection.write(now));
      waiting = connection.memory();
      if (connection.markDirty()) {
        dirty.add(connection);
      }
    }
    long limit = options.limits().maxPending();
    if (waiting > limit) {
      cutOff(connection);
    } else if (waiting > limit / 2) {
      reading.filter(producer -> !producer.equals(connection)).ifPresent(p -> pause(p, connection));
      boundMemory();
    }
  }

  private void pause(Connection producer, Connection slow) {
    if (!producer.paused()) {
      producer.pause(slow, now + PAUSE_NANOS);
      paused.add(producer);
    }
  }

  private void boundMemory() {
    if (chunks.waiting() + held > options.limits().maxPendingTotal()) {
      connections.stream()
          .filter(connection -> connection.session().ended().isEmpty())
          .max(Comparator.comparingLong(Connection::memory))
          .ifPresent(this::cutOff);
    }
  }

  private void cutOff(Connection connection) {
    slowConsumers++;
    LOG.warn(
        "bus client \"{}\" is too slow: {} bytes wait for it; it is cut off",
        connection.session().name(),
        connection.memory());
    connection.session().end(ProtocolException.told(ProtocolException.SLOW));
  }

  private void resumePaused() {
    if (!paused.isEmpty()) {
      long enough = options.limits().maxPending() / 4;
      paused.removeIf(connection -> connection.resume(now, enough));
    }
  }

  private void writeDirty() {
    for (Connection next = dirty.poll(); next != null; next = dirty.poll()) {
      Connection connection = next;
      guarded(connection, () -> connection.write(now));
      if (connection.session().ended().isPresent()) {
        remove(connection);
      }
    }
  }

  private void tick() {
    nextTick = now + tickNanos;
    for (Connection connection : List.copyOf(connections)) {
      connection.tick(now, options.limits());
      if (connection.stuck(now, options.limits())) {
        cutOff(connection);
      }
    }
    writeDirty();
    reception.tick(now);
  }

  private void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  private void remove(Connection connection) {
    if (connections.remove(connection)) {
      held += connection.heldChange() - connection.session().held();
      messagesInBefore += connection.session().messagesIn();
      messagesOutBefore += connection.session().messagesOut();
      connection.close();
    }
  }

  private void end() {
    closeQuietly(reception);
    for (Connection connection : List.copyOf(connections)) {
      remove(connection);
    }
    closeQuietly(selector);
    runTasks();
  }

  /** One client's failure must not touch the others. */
  private void guarded(Connection connection, Action action) {
    try {
      action.run();
    } catch (IOException | CancelledKeyException e) {
      LOG.debug("a client's connection broke", e);
      connection.session().end(ProtocolException.silent("connection lost"));
      remove(connection);
    } catch (RuntimeException e) {
      LOG.error("serving bus client \"{}\" failed", connection.session().name(), e);
      connection.session().end(ProtocolException.silent("internal error"));
      remove(connection);
    }
  }

  private String nonce() {
    byte[] bytes = new byte[11];
    nonces.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String address(SocketChannel channel) throws IOException {
    return channel.getRemoteAddress() instanceof InetSocketAddress remote
        ? remote.getAddress().getHostAddress()
        : "";
  }

  static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      LOG.debug("closing", e);
    }
  }

  @FunctionalInterface
  private interface Action {
    void run() throws IOException;
  }
}
