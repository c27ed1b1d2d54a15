package dev.flotilla.cli.wiring;

import dev.flotilla.bus.Bus;
import dev.flotilla.bus.BusException;
import dev.flotilla.bus.BusOptions;
import dev.flotilla.bus.NatsBus;
import dev.flotilla.bus.embedded.EmbeddedServer;
import dev.flotilla.bus.embedded.Login;
import dev.flotilla.bus.embedded.ServerOptions;
import dev.flotilla.kernel.state.AtomicFile;
import dev.flotilla.node.BusDoor;
import dev.flotilla.node.state.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server in this process. Token and port stay the same from one node to the next, so that
 * agents which outlive a node find its successor.
 */
final class EmbeddedDoor implements BusDoor {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedDoor.class);
  private static final String HOST = "127.0.0.1";

  private final EmbeddedServer server;
  private final String token;

  private EmbeddedDoor(EmbeddedServer server, String token) {
    this.server = server;
    this.token = token;
  }

  static EmbeddedDoor open(Path state) throws IOException {
    String token = Secret.kept(state.resolve("bus.token"));
    AtomicFile portFile = new AtomicFile(state.resolve("bus.port"));
    EmbeddedServer server = start(portBefore(portFile), token);
    portFile.write(Integer.toString(server.port()).getBytes(StandardCharsets.US_ASCII));
    return new EmbeddedDoor(server, token);
  }

  private static int portBefore(AtomicFile file) throws IOException {
    Optional<String> text =
        file.read().map(bytes -> new String(bytes, StandardCharsets.US_ASCII).strip());
    return text.filter(t -> t.matches("\\d{1,5}")).map(Integer::parseInt).orElse(0);
  }

  private static EmbeddedServer start(int port, String token) throws IOException {
    try {
      return EmbeddedServer.start(options(port, token));
    } catch (IOException held) {
      if (port == 0) {
        throw held;
      }
      log.warn("the bus moves to another port: {}", held.getMessage());
      return EmbeddedServer.start(options(0, token));
    }
  }

  private static ServerOptions options(int port, String token) {
    ServerOptions local = ServerOptions.local();
    return new ServerOptions(
        HOST, port, local.name(), List.of(new Login.Token(token)), local.tls(), local.limits());
  }

  @Override
  public String url() {
    return "nats://" + token + "@" + HOST + ":" + server.port();
  }

  @Override
  public Bus connect(String name) throws BusException {
    return NatsBus.connect(BusOptions.of(url(), name));
  }

  @Override
  public void close() {
    server.close();
  }
}
