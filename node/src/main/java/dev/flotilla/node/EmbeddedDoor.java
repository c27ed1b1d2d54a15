package dev.flotilla.node;

import dev.flotilla.bus.Bus;
import dev.flotilla.bus.BusOptions;
import dev.flotilla.bus.NatsBus;
import dev.flotilla.bus.embedded.EmbeddedServer;
import dev.flotilla.bus.embedded.Login;
import dev.flotilla.bus.embedded.ServerOptions;
import dev.flotilla.kernel.state.AtomicFile;
import dev.flotilla.node.state.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The server of this node. Its port and its token are kept in the state folder, so that agents that
 * outlive a node find the next one where they look for it.
 */
final class EmbeddedDoor implements BusDoor {
  private final EmbeddedServer server;
  private final String url;

  private EmbeddedDoor(EmbeddedServer server, String token) {
    this.server = server;
    this.url = "nats://" + token + "@127.0.0.1:" + server.port();
  }

  static EmbeddedDoor open(Path state) throws IOException {
    String token = Secret.kept(state.resolve("bus.token"));
    AtomicFile portFile = new AtomicFile(state.resolve("bus.port"));
    int before =
        portFile
            .read()
            .map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip())
            .filter(text -> text.matches("\\d{1,5}"))
            .map(Integer::parseInt)
            .orElse(0);
    EmbeddedServer server = start(token, before);
    if (server.port() != before) {
      portFile.write(Integer.toString(server.port()).getBytes(StandardCharsets.UTF_8));
    }
    return new EmbeddedDoor(server, token);
  }

  private static EmbeddedServer start(String token, int port) throws IOException {
    ServerOptions options = ServerOptions.local().withLogins(new Login.Token(token));
    try {
      return EmbeddedServer.start(options.at("127.0.0.1", port));
    } catch (IOException e) {
      if (port == 0) {
        throw e;
      }
      return EmbeddedServer.start(options);
    }
  }

  @Override
  public String url() {
    return url;
  }

  @Override
  public Bus connect(String name) {
    return NatsBus.connect(BusOptions.of(url, name));
  }

  @Override
  public void close() {
    server.close();
  }
}
