package dev.flotilla.node;

import dev.flotilla.bus.Bus;
import dev.flotilla.model.Fleet;
import java.io.IOException;
import java.nio.file.Path;

/** The way to the fleet's messages: a server of this node's own, or one that runs elsewhere. */
public interface BusDoor extends AutoCloseable {

  /** The server that the manifest names, else one of this node's own. */
  static BusDoor open(Fleet fleet, Path state) throws IOException {
    return fleet.bus().isPresent() ? new ServerDoor(fleet.bus().get()) : EmbeddedDoor.open(state);
  }

  /** With credentials, as agents get it; empty when there is no bus. */
  String url();

  /** Makes a connection; blocks until it stands. */
  Bus connect(String name);

  /** Ends the server where it is this node's own. */
  @Override
  void close();
}
