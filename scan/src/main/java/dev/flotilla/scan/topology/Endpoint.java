package dev.flotilla.scan.topology;

import java.util.OptionalInt;

/**
 * A socket in the code.
 *
 * @param binds whether it binds; otherwise it connects
 * @param type REP, PUB and so on; empty when unknown
 * @param host as far as known, holes in it
 * @param port the number, when there is one
 * @param origin where the number comes from
 * @param written the address as the file has it, holes in it
 */
public record Endpoint(
    String file,
    int line,
    String symbol,
    boolean binds,
    String type,
    String protocol,
    String host,
    OptionalInt port,
    Origin origin,
    String written) {

  /** Where a port comes from. */
  public enum Origin {
    /** A number in the code. */
    CODE,
    /** The default of an environment variable, parameter or configuration entry. */
    DEFAULT,
    /** A configuration in force. */
    CONFIGURATION,
    /** Not told by the repository. */
    UNRESOLVED
  }

  /** Whether the port is known as a number or known to come from configuration. */
  public boolean resolved() {
    return origin != Origin.UNRESOLVED;
  }

  /** The port for people: its number, “configured” or “unresolved”. */
  public String portText() {
    return port.isPresent()
        ? Integer.toString(port.getAsInt())
        : origin == Origin.UNRESOLVED ? "unresolved" : "configured";
  }
}
