package dev.flotilla.bus.conformance;

import dev.flotilla.bus.embedded.ServerOptions;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("external")
class NatsServerBusTest extends BusConformance {
  @BeforeAll
  static void installed() {
    Assumptions.assumeTrue(
        NatsServerProcess.executable().isPresent(),
        "nats-server is not installed (Debian: apt install nats-server)");
  }

  @Override
  RunningServer start(ServerOptions options, Optional<TestTls> tls) {
    return NatsServerProcess.start(options, tls);
  }
}
