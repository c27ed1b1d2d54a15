package dev.flotilla.kernel.flags;

import dev.flotilla.model.Flag;
import java.util.Map;
import java.util.Optional;

/** Feature flags as they stand now. Thread-safe; never blocks. */
public interface Flags {

  /** Every flag by name, with the changes made at run time. */
  Map<String, Flag> all();

  /**
   * The value of the flag's variant for a key; empty when no flag has the name.
   *
   * @param key what must always get the same answer, such as a user, a session or a request
   */
  default Optional<Object> value(String flag, String key) {
    return Optional.ofNullable(all().get(flag))
        .map(found -> found.variants().get(FlagEvaluation.variant(found, key)));
  }

  /** Whether a boolean flag is on for a key; false for what is not a boolean flag. */
  default boolean enabled(String flag, String key) {
    return value(flag, key).orElse(false).equals(true);
  }

  /** Flags that never change. */
  static Flags fixed(Map<String, Flag> flags) {
    Map<String, Flag> copy = Map.copyOf(flags);
    return () -> copy;
  }
}
