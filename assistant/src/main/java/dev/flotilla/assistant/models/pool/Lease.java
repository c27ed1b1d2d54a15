package dev.flotilla.assistant.models.pool;

import java.time.Instant;

/**
 * The right to use a loaded model; it is not unloaded while one stands.
 *
 * @param id {@code model#…}
 * @param holder who uses it, such as the name of an agent
 * @param until when it ends unless it is renewed
 */
public record Lease(String id, String model, String holder, Instant until) {

  public Lease until(Instant other) {
    return new Lease(id, model, holder, other);
  }

  /** The model a lease is for, by its id alone. */
  public static String modelOf(String id) {
    int at = id.lastIndexOf('#');
    return at < 0 ? "" : id.substring(0, at);
  }
}
