package dev.flotilla.node.probe;

import dev.flotilla.model.Agent;
import dev.flotilla.model.Probe;
import dev.flotilla.node.core.ProbeHistory.Answer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Asks one question without waiting for the answer. Called by the thread of the loop. */
public interface Checks {

  /**
   * @param agent whose health is asked
   * @param pid of its process
   * @param timeout for the whole question
   * @return the answer, on any thread, in time and never as a failure; cancelling it ends the
   *     question
   */
  CompletableFuture<Answer> ask(Agent agent, long pid, Probe.Check check, Duration timeout);
}
