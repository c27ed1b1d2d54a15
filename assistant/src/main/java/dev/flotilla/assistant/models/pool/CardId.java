package dev.flotilla.assistant.models.pool;

/**
 * A card of the fleet, or the main memory of a machine, where models go that run on the CPU.
 *
 * @param index as the driver numbers it; {@link #CPU} for main memory
 */
public record CardId(String machine, int index) implements Comparable<CardId> {
  public static final int CPU = -1;

  public boolean isCpu() {
    return index == CPU;
  }

  @Override
  public int compareTo(CardId other) {
    int byMachine = machine.compareTo(other.machine);
    return byMachine != 0 ? byMachine : Integer.compare(index, other.index);
  }

  /** {@code mainpc/0}, or {@code mainpc/cpu}. */
  @Override
  public String toString() {
    return machine + "/" + (isCpu() ? "cpu" : Integer.toString(index));
  }
}
