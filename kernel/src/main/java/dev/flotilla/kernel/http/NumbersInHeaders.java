package dev.flotilla.kernel.http;

/**
 * How the server and its client read headers that are numbers. Left alone, they look the way up in
 * a registry of services at every such header, which was a third of a request's CPU time; set once,
 * it is there. The way to set it goes with Helidon 5, and the need with it.
 */
@SuppressWarnings("removal")
final class NumbersInHeaders {
  static {
    io.helidon.common.mapper.MapperManager.global(io.helidon.common.mapper.MapperManager.create());
  }

  private NumbersInHeaders() {}

  /** Sets it, the first time. */
  static void prepare() {
    // The static initialiser has done it.
  }
}
