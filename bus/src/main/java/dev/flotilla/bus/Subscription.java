package dev.flotilla.bus;

/** A running subscription; closing it ends it. */
public interface Subscription extends AutoCloseable {
  @Override
  void close();
}
