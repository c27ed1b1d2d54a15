package dev.flotilla.node.probe;

import dev.flotilla.model.Agent;
import dev.flotilla.model.Probe;
import dev.flotilla.node.core.ProbeHistory.Answer;
import java.time.Duration;

/** Asks one question. Thread-safe; never throws for what an agent does. */
public interface Checks {

  /**
   * @param agent whose health is asked
   * @param pid of its process
   * @param timeout for the whole question
   */
  Answer ask(Agent agent, long pid, Probe.Check check, Duration timeout)
      throws InterruptedException;
}
