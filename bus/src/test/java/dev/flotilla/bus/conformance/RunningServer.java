package dev.flotilla.bus.conformance;

/** A server under test. */
interface RunningServer extends AutoCloseable {
  int port();

  /** Ends the server and every connection to it; harmless the second time. */
  void stop();

  @Override
  default void close() {
    stop();
  }
}
