package dev.flotilla.bus.conformance;

import dev.flotilla.bus.embedded.EmbeddedServer;
import dev.flotilla.bus.embedded.ServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class EmbeddedBusTest extends BusConformance {
  @Override
  RunningServer start(ServerOptions options, Optional<TestTls> tls) {
    return embedded(options);
  }

  static RunningServer embedded(ServerOptions options) {
    try {
      EmbeddedServer server = EmbeddedServer.start(options);
      return new RunningServer() {
        @Override
        public int port() {
          return server.port();
        }

        @Override
        public void stop() {
          server.close();
        }
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
