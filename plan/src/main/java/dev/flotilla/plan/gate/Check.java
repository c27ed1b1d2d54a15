package dev.flotilla.plan.gate;

/** Checks conditions, one at a time. */
@FunctionalInterface
public interface Check {
  Outcome of(Condition condition);
}
