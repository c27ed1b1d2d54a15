package dev.flotilla.assistant.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/** A server program as a process of its own, which can be killed and started again. */
public final class LentServer implements AutoCloseable {
  private final List<String> command;
  private final Path log;
  private final int port;
  private Process process;

  private LentServer(List<String> command, Path folder, int port) throws IOException {
    this.command = List.copyOf(command);
    this.log = folder.resolve("server.log");
    this.port = port;
    this.process = launch();
  }

  /** A PostgreSQL with one user, {@code flotilla}, who needs no password. */
  public static LentServer postgres(Path folder) throws IOException {
    Path programs =
        programs("/usr/lib/postgresql")
            .orElseGet(() -> Assumptions.abort("PostgreSQL is not installed"));
    List<String> as = asOther(folder);
    Path data = folder.resolve("data");
    run(
        with(
            as,
            programs.resolve("initdb").toString(),
            "-D",
            data.toString(),
            "-U",
            "flotilla",
            "-A",
            "trust",
            "-N",
            "--no-locale",
            "-E",
            "UTF8"));
    int port = freePort();
    return new LentServer(
        with(
            as,
            programs.resolve("postgres").toString(),
            "-D",
            data.toString(),
            "-p",
            Integer.toString(port),
            "-h",
            "127.0.0.1",
            "-k",
            folder.toString()),
        folder,
        port);
  }

  /** A Redis that keeps nothing. */
  public static LentServer redis(Path folder) throws IOException {
    int port = freePort();
    return new LentServer(
        List.of(
            program("redis-server"),
            "--port",
            Integer.toString(port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--dir",
            folder.toString()),
        folder,
        port);
  }

  /** A nats-server with JetStream. */
  public static LentServer jetStream(Path folder) throws IOException {
    int port = freePort();
    return new LentServer(
        List.of(
            program("nats-server"),
            "-a",
            "127.0.0.1",
            "-p",
            Integer.toString(port),
            "-js",
            "-sd",
            folder.toString()),
        folder,
        port);
  }

  public int port() {
    return port;
  }

  /** As if the power went. */
  public void kill() {
    List<ProcessHandle> below = process.descendants().toList();
    below.forEach(ProcessHandle::destroyForcibly);
    if (below.isEmpty()) {
      process.destroyForcibly();
    }
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !process.isAlive() && !listens());
  }

  public void startAgain() throws IOException {
    process = launch();
  }

  private Process launch() throws IOException {
    Process started =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> !started.isAlive() || listens());
    if (!started.isAlive()) {
      throw new IOException(command + " does not start: " + Files.readString(log));
    }
    return started;
  }

  private boolean listens() {
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    kill();
  }

  /** PostgreSQL refuses to run as root, so root lends it the user that Debian made for it. */
  private static List<String> asOther(Path folder) throws IOException {
    if (!System.getProperty("user.name").equals("root")) {
      return List.of();
    }
    Files.setOwner(
        folder,
        folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postgres"));
    return List.of("runuser", "-u", "postgres", "--");
  }

  private static List<String> with(List<String> prefix, String... command) {
    List<String> all = new ArrayList<>(prefix);
    all.addAll(List.of(command));
    return all;
  }

  private static void run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(process.onExit().join().exitValue()).as(said).isZero();
  }

  private static Optional<Path> programs(String folder) {
    try (Stream<Path> versions = Files.list(Path.of(folder))) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String program(String name) {
    return Stream.concat(
            Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/usr/local/bin"))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .map(Path::toString)
        .orElseGet(() -> Assumptions.abort(name + " is not installed"));
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
