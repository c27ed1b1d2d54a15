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

  /**
   * @param builtIn whether no manifest was found, so that the built-in fleet is meant
   */
  static CommandFailure notRunning(String fleet, boolean builtIn) {
    return builtIn
        ? CommandFailure.of(
            "no fleet.yaml here, and no node runs for the built-in fleet \"" + fleet + "\"",
            "a fleet that is up",
            "Go to the folder of your fleet.yaml, or name it with -f FILE; the built-in fleet is"
                + " started by: flotilla up")
        : CommandFailure.of(
            "no node runs for the fleet \"" + fleet + "\"",
            "a fleet that is up",
            "Start it: flotilla up");
  }
}
