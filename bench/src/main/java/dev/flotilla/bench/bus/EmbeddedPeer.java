package dev.flotilla.bench.bus;

import dev.flotilla.bus.embedded.EmbeddedServer;
import dev.flotilla.bus.embedded.ServerOptions;
import java.io.IOException;
import java.io.OutputStream;

/** The embedded server alone in a JVM; ends when its standard input does. */
final class EmbeddedPeer {
  private EmbeddedPeer() {}

  public static void main(String[] arguments) throws IOException {
    ServerOptions options = ServerOptions.local().at("127.0.0.1", Integer.parseInt(arguments[0]));
    try (EmbeddedServer server = EmbeddedServer.start(options)) {
      System.out.println("listening on " + server.port());
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
