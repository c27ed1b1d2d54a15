package dev.flotilla.bus.conformance;

import dev.flotilla.bus.embedded.ServerOptions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("external")
class NatsServerProtocolTest extends ProtocolConformance {
  @BeforeAll
  static void installed() {
    NatsServerBusTest.installed();
  }

  @Override
  RunningServer start(ServerOptions options) {
    return NatsServerProcess.start(options, Optional.empty());
  }
}
