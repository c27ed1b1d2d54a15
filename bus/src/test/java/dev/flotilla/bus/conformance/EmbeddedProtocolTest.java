package dev.flotilla.bus.conformance;

import dev.flotilla.bus.embedded.ServerOptions;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class EmbeddedProtocolTest extends ProtocolConformance {
  @Override
  RunningServer start(ServerOptions options) {
    return EmbeddedBusTest.embedded(options);
  }
}
