package dev.flotilla.cli.client;

import dev.flotilla.cli.context.CommandFailure;

/** The words for a node that is not there. */
final class NodeGone {
  private NodeGone() {}

  static CommandFailure refused() {
    return CommandFailure.of(
        "the node ended while it was spoken with",
        "a running node",
        "Start it again: flotilla up. Agents it left running are adopted.");
  }

  static CommandFailure notRunning(String fleet) {
    return CommandFailure.of(
        "no node runs for the fleet \"" + fleet + "\"",
        "a fleet that is up",
        "Start it: flotilla up");
  }
}
