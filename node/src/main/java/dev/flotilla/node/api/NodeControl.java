package dev.flotilla.node.api;

import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Problem;
import dev.flotilla.node.state.NodeException;
import java.nio.file.Path;
import java.util.List;

/** What the local API may do with the node. Thread-safe; methods may block. */
public interface NodeControl {
  Fleet fleet();

  /** The machine of the manifest that this one is. */
  String machine();

  /** How limits are kept here, for people. */
  String limits();

  /** What is wrong with the node itself, for people; empty when nothing is. */
  String trouble();

  List<AgentStatus> statuses();

  /**
   * Puts a manifest in force.
   *
   * @return warnings
   * @throws NodeException with every mistake in it; what was in force stays
   */
  List<Problem> apply(ManifestRequest request) throws NodeException;

  /** Starts an agent and what it needs; waits until it is seen what came of it. */
  AgentStatus start(AgentId agent) throws InterruptedException;

  /** Stops an agent; waits until nothing of it is left. */
  AgentStatus stop(AgentId agent) throws InterruptedException;

  /** Gives an agent a new process; waits until it is seen what came of it. */
  AgentStatus restart(AgentId agent) throws InterruptedException;

  /** Stops all agents in reverse order, waits until nothing is left, then ends the node. */
  void down() throws InterruptedException;

  /** Where the agent's words are. */
  Path log(AgentId agent);
}
