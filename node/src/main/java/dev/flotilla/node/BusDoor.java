package dev.flotilla.node;

import dev.flotilla.bus.Bus;

/** The way to the fleet's messages: a server of this node's own, or one that runs elsewhere. */
public interface BusDoor extends AutoCloseable {

  /** With credentials, as agents get it; empty when there is no bus. */
  String url();

  /** Makes a connection; blocks until it stands. */
  Bus connect(String name);

  /** Ends the server where it is this node's own. */
  @Override
  void close();
}
