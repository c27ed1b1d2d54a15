package dev.flotilla.model;

import java.time.Duration;
import java.util.List;

/**
 * A repeated question about an agent's health.
 *
 * @param check what is asked
 * @param interval from one question to the next, whether or not the first was answered
 * @param timeout after which a question counts as failed
 * @param failures how many in a row make it unhealthy, at least 1
 * @param startPeriod how long after the start failures do not count
 */
public record Probe(
    Check check, Duration interval, Duration timeout, int failures, Duration startPeriod) {

  /** What is asked. */
  public sealed interface Check {}

  /** GET answers 2xx. */
  public record Http(String host, int port, String path) implements Check {}

  /** The port accepts a connection. */
  public record Tcp(String host, int port) implements Check {}

  /** The command exits with 0. */
  public record Command(List<String> argv) implements Check {
    public Command {
      argv = List.copyOf(argv);
    }
  }

  /** The service answers {@code $SRV.PING.<name>} on the bus. */
  public record Bus(String service) implements Check {}

  /**
   * A ZeroMQ REP or ROUTER socket answers a request.
   *
   * @param request the text sent as one frame
   */
  public record Zmq(String host, int port, String request) implements Check {}
}
