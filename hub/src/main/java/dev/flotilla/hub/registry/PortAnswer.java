package dev.flotilla.hub.registry;

/** What {@code get_port("MEMORY_AGENT")} gives. */
public sealed interface PortAnswer {

  /**
   * One port.
   *
   * @param portName the name of the port among those of the target
   */
  record Found(Target target, String portName, int port) implements PortAnswer {}

  /** No port, or not one. */
  record NotFound(String found, String expected, String advice) implements PortAnswer {}
}
