package dev.flotilla.hub.twin;

import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the twin is asked and what it answers, as on the wire. */
final class Answers {
  private Answers() {}

  /**
   * @param agent in any spelling, {@code name@machine} where two machines have the name
   */
  record AgentQuestion(String agent) {}

  /** One agent: what is desired, what is, and how the two differ. */
  record AgentAnswer(
      AgentId agent,
      Optional<Desired> desired,
      Optional<AgentStatus> observed,
      boolean stale,
      List<Drift> drift,
      List<Link> needs,
      List<Link> neededBy) {}

  /**
   * What the manifest says of an agent.
   *
   * @param runs {@code service NAME}, {@code command}, or {@code image REFERENCE}
   */
  record Desired(
      String group,
      String runs,
      Map<String, Integer> ports,
      boolean required,
      boolean lazy,
      Optional<Bytes> vram,
      String where) {}

  /**
   * @param distance over how many needs
   * @param via the agent next on the way; the asked one when the distance is 1
   * @param condition what must hold
   */
  record Link(AgentId agent, int distance, AgentId via, String condition, Optional<String> state) {}

  record Links(AgentId agent, List<Link> agents) {}

  record Drifts(boolean asDesired, List<Drift> drift) {}

  /**
   * @param complete whether the start of every running agent is known
   */
  record Path(CriticalPath path, boolean complete) {}

  /** The whole picture. */
  record Graph(String fleet, Instant at, List<Node> nodes, List<Arrow> arrows) {}

  record Node(
      AgentId agent,
      String group,
      boolean required,
      String state,
      boolean stale,
      Map<String, Integer> ports,
      List<Drift> drift) {}

  record Arrow(AgentId from, AgentId to, String condition) {}

  record MachineQuestion(String machine) {}

  /**
   * What breaks.
   *
   * @param failed what was supposed to fail
   * @param requiredHit how many required agents are down or break
   * @param effects required agents first
   * @param verdict one sentence
   */
  record Broken(List<AgentId> failed, int requiredHit, List<Effect> effects, String verdict) {}

  /**
   * @param model a name; its memory is taken from the manifest when {@code vram} is left out
   * @param machine may be left out when one machine only has a card
   * @param gpu index of the card; the twin chooses when left out
   * @param vram bytes
   */
  record PlacementQuestion(
      String model, Optional<String> machine, Optional<Integer> gpu, Optional<Bytes> vram) {}

  /**
   * @param port the name of the port; the main one when left out
   */
  record PortQuestion(String agent, Optional<String> port, int to) {}

  record HistoryQuestion(
      Optional<String> agent, Optional<Instant> since, Optional<Integer> limit) {}

  record History(Optional<Instant> begins, List<StatusHistory.Moment> changes) {}

  record SnapshotQuestion(Instant at) {}

  record Snapshot(Instant at, Optional<Instant> begins, List<AgentStatus> agents) {}
}
