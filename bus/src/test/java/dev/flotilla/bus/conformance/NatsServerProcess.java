package dev.flotilla.bus.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flotilla.bus.embedded.Limits;
import dev.flotilla.bus.embedded.Login;
import dev.flotilla.bus.embedded.ServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A real nats-server, told by its configuration file to behave as the options say. */
public final class NatsServerProcess implements RunningServer {
  private final Process process;
  private final Path folder;
  private final int port;

  private NatsServerProcess(Process process, Path folder, int port) {
    this.process = process;
    this.folder = folder;
    this.port = port;
  }

  /** Where nats-server is, if it is installed. */
  public static Optional<Path> executable() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("") + ":/usr/sbin:/usr/bin";
    return Stream.of(path.split(":"))
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder, "nats-server"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  public static NatsServerProcess start(ServerOptions options, Optional<TestTls> tls) {
    try {
      int port = options.port() == 0 ? freePort() : options.port();
      Path folder = Files.createTempDirectory("nats-server");
      Path config = folder.resolve("nats.conf");
      Files.writeString(config, configuration(options, port, folder, tls));
      Process process =
          new ProcessBuilder(executable().orElseThrow().toString(), "-c", config.toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile())
              .start();
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(20))
          .until(() -> listens(port) || !process.isAlive());
      if (!process.isAlive()) {
        throw new IllegalStateException(Files.readString(folder.resolve("log")));
      }
      return new NatsServerProcess(process, folder, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int port() {
    return port;
  }

  public long pid() {
    return process.pid();
  }

  @Override
  public void stop() {
    if (!Files.exists(folder)) {
      return;
    }
    process.destroyForcibly();
    try {
      process.waitFor();
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String configuration(
      ServerOptions options, int port, Path folder, Optional<TestTls> tls) throws IOException {
    Limits limits = options.limits();
    StringBuilder text =
        new StringBuilder(
            """
            listen: "%s:%d"
            server_name: "%s"
            max_payload: %d
            max_control_line: %d
            max_connections: %d
            max_subscriptions: %d
            max_pending: %d
            ping_interval: "%dms"
            ping_max: %d
            """
                .formatted(
                    options.host(),
                    port,
                    options.name(),
                    limits.maxPayload(),
                    limits.maxControlLine(),
                    limits.maxConnections(),
                    limits.maxSubscriptions(),
                    limits.maxPending(),
                    limits.pingInterval().toMillis(),
                    limits.maxPingsOut()));
    text.append(authorization(options.logins(), limits));
    if (tls.isPresent()) {
      Files.writeString(folder.resolve("cert.pem"), tls.get().certificatePem(), UTF_8);
      Files.writeString(folder.resolve("key.pem"), tls.get().keyPem(), UTF_8);
      text.append(
          "tls { cert_file: \"%s/cert.pem\", key_file: \"%s/key.pem\", timeout: 5 }%n"
              .formatted(folder, folder));
    }
    return text.toString();
  }

  private static String authorization(List<Login> logins, Limits limits) {
    if (logins.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder("authorization {\n");
    text.append("timeout: %s%n".formatted(limits.authTimeout().toMillis() / 1000.0));
    StringBuilder users = new StringBuilder();
    for (Login login : logins) {
      switch (login) {
        case Login.Token(String token) -> text.append("token: \"%s\"%n".formatted(token));
        case Login.User(String name, String password) ->
            users.append("{ user: \"%s\", password: \"%s\" }%n".formatted(name, password));
        case Login.NKey(String key) -> users.append("{ nkey: \"%s\" }%n".formatted(key));
      }
    }
    if (!users.isEmpty()) {
      text.append("users: [\n").append(users).append("]\n");
    }
    return text.append("}\n").toString();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
