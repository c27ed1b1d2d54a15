package dev.flotilla.node;

import dev.flotilla.bus.Bus;
import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.kernel.http.HttpListener;
import dev.flotilla.kernel.http.HttpSettings;
import dev.flotilla.kernel.operation.Breakers;
import dev.flotilla.kernel.operation.BusCalls;
import dev.flotilla.kernel.operation.Calls;
import dev.flotilla.kernel.state.AtomicFile;
import dev.flotilla.kernel.wire.Wire;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Fleet;
import dev.flotilla.node.api.LocalApi;
import dev.flotilla.node.api.NodeControl;
import dev.flotilla.node.api.StatusFeed;
import dev.flotilla.node.state.NodeException;
import dev.flotilla.node.state.NodeFile;
import dev.flotilla.node.state.Secret;
import dev.flotilla.node.state.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One machine's part of a fleet: the supervisor, the bus, the local API and the state folder, wired
 * together. Start it in a JVM with {@code --enable-native-access=ALL-UNNAMED}. Ending the process
 * leaves the agents running, and the next node adopts them; {@code down} of the local API ends
 * them.
 */
public final class Node implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Node.class);

  private final StateFolder folder;
  private final BusDoor door;
  private final BusLink link;
  private final CompletableFuture<NodeServices> operations;
  private final CompletableFuture<OtherMachines> others;
  private final Machinery machinery;
  private final NodeControl control;
  private final HttpListener listener;
  private final CountDownLatch ended;

  private Node(
      StateFolder folder,
      BusDoor door,
      BusLink link,
      CompletableFuture<NodeServices> operations,
      CompletableFuture<OtherMachines> others,
      Machinery machinery,
      NodeControl control,
      HttpListener listener,
      CountDownLatch ended) {
    this.folder = folder;
    this.door = door;
    this.link = link;
    this.operations = operations;
    this.others = others;
    this.machinery = machinery;
    this.control = control;
    this.listener = listener;
    this.ended = ended;
  }

  /**
   * Starts a node and what its manifest says.
   *
   * @return empty when another node runs this fleet already
   * @throws NodeException when it cannot, for reasons that people can mend
   */
  public static Optional<Node> start(NodeSettings settings) throws NodeException {
    LoadedFleet loaded = LoadedFleet.load(settings.manifest(), settings.environment());
    Path state = settings.home().resolve(loaded.fleet().name());
    Optional<StateFolder> folder = StateFolder.take(state);
    if (folder.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(start(settings, loaded, folder.get()));
    } catch (IOException e) {
      throw new NodeException(
          "the node of the fleet %s could not start: %s"
              .formatted(loaded.fleet().name(), e.getMessage()),
          "a state folder with room left and a free port on 127.0.0.1",
          "mend what is said, then start it again");
    }
  }

  private static Node start(NodeSettings settings, LoadedFleet loaded, StateFolder folder)
      throws IOException, NodeException {
    BusDoor door = settings.bus().open(loaded.fleet(), folder.path());
    BusLink link = new BusLink(door);
    CompletableFuture<Bus> bus = link.bus();
    StatusFeed feed = new StatusFeed();
    CompletableFuture<Calls> calls =
        bus.thenApply(
            connected ->
                new BusCalls(
                    connected,
                    new Breakers(loaded.fleet().messaging().breaker(), Clock.systemUTC()),
                    Clock.systemUTC()));
    Machinery machinery = new Machinery(settings, folder, loaded, door, link, calls, feed::publish);
    machinery.begin();
    CountDownLatch ended = new CountDownLatch(1);
    NodeControl control = machinery.control(ended::countDown);
    CompletableFuture<NodeServices> operations =
        bus.thenApply(
            connected ->
                new NodeServices(
                    control, machinery.models(), folder.path(), connected, Clock.systemUTC()));
    CompletableFuture<OtherMachines> others =
        bus.thenApply(connected -> machinery.others(connected));
    machinery.whenApplied(
        () -> {
          if (operations.isDone() && !operations.isCompletedExceptionally()) {
            operations.join().define();
          }
        });
    String token = Secret.next();
    HttpListener listener =
        HttpListener.start(
            HttpSettings.loopback(0).token(token),
            new LocalApi(control, feed, () -> made(link, calls)).routes());
    NodeFile file =
        new NodeFile(
            ProcessHandle.current().pid(),
            ProcessHandle.current().info().startInstant().orElseGet(Clock.systemUTC()::instant),
            listener.port(),
            token,
            settings.manifest().manifest(),
            settings.version());
    new AtomicFile(folder.path().resolve(NodeFile.NAME)).write(Wire.json(file));
    LOG.info("node of {} on port {}", loaded.fleet().name(), listener.port());
    return new Node(folder, door, link, operations, others, machinery, control, listener, ended);
  }

  private static Calls made(BusLink link, CompletableFuture<Calls> calls) {
    if (link.stands()) {
      return calls.join();
    }
    throw Failure.unavailable(link.trouble(), "one", "See that the bus can be reached.")
        .exception();
  }

  /** The state folder of this node's fleet. */
  public Path state() {
    return folder.path();
  }

  /** Where the local API listens on 127.0.0.1. */
  public int port() {
    return listener.port();
  }

  /** What the local API does, without the API. */
  public NodeControl control() {
    return control;
  }

  /** The present statuses of the agents here. */
  public List<AgentStatus> statuses() {
    return machinery.statuses();
  }

  /** The manifest in force. */
  public Fleet fleet() {
    return machinery.loaded().fleet();
  }

  /** Waits until somebody took the fleet down. */
  public void await() throws InterruptedException {
    ended.await();
  }

  /** Ends the node and leaves the agents running. */
  @Override
  public void close() {
    try {
      listener.close();
      if (others.isDone() && !others.isCompletedExceptionally()) {
        others.join().close();
      }
      machinery.close();
      if (operations.isDone() && !operations.isCompletedExceptionally()) {
        operations.join().close();
      }
      link.close();
      door.close();
      Files.deleteIfExists(folder.path().resolve(NodeFile.NAME));
      folder.close();
    } catch (IOException e) {
      LOG.warn("the node left something behind: {}", e.getMessage());
    }
  }
}
