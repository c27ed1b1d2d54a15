package dev.flotilla.node.run;

import dev.flotilla.model.Agent;
import java.util.Optional;

/** Whether an agent's ports are free. */
public interface Ports {

  /** The first port of the agent that somebody holds, said for people; empty when all are free. */
  Optional<String> held(Agent agent);
}
