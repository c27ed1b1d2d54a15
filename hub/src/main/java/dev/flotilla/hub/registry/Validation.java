package dev.flotilla.hub.registry;

import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.kernel.failure.OperationException;
import dev.flotilla.kernel.fleet.ServiceName;
import java.time.Duration;
import java.util.Map;

/** Whether what an instance says of itself can be taken. Pure. */
final class Validation {
  private static final int LONGEST_TEXT = 256;
  private static final int MOST_WORDS = 64;
  private static final int LAST_PORT = 65_535;

  private Validation() {}

  /**
   * Passes when all is well.
   *
   * @throws OperationException naming the first field that is not
   */
  static void check(Registration r, Duration longestLease) {
    name("name", r.name());
    name("agent", r.owner().name());
    text("machine", r.owner().machine());
    text("instance", r.instance());
    text("address", r.address());
    few("ports", r.ports().size());
    few("tags", r.tags().size());
    few("metadata", r.metadata().size());
    for (Map.Entry<String, Integer> port : r.ports().entrySet()) {
      text("ports", port.getKey());
      if (port.getValue() < 1 || port.getValue() > LAST_PORT) {
        throw refused("ports." + port.getKey(), "" + port.getValue(), "a port from 1 to 65535");
      }
    }
    r.tags().forEach(tag -> text("tags", tag));
    r.metadata()
        .forEach(
            (key, value) -> {
              text("metadata", key);
              if (value.length() > LONGEST_TEXT) {
                throw refused(
                    "metadata." + key, value.length() + " characters", "at most " + LONGEST_TEXT);
              }
            });
    if (r.lease().compareTo(Duration.ofSeconds(1)) < 0 || r.lease().compareTo(longestLease) > 0) {
      throw refused(
          "lease", seconds(r.lease()) + " s", "from 1 s to " + seconds(longestLease) + " s");
    }
  }

  /** Passes when the text can be a name. */
  static void name(String field, String written) {
    text(field, written);
    if (!ServiceName.isName(written)) {
      throw refused(field, "'" + written + "'", "a name with a letter or a digit");
    }
  }

  private static void text(String field, String value) {
    if (value.isBlank()) {
      throw refused(field, "an empty text", "1 to " + LONGEST_TEXT + " characters");
    }
    if (value.length() > LONGEST_TEXT) {
      throw refused(field, value.length() + " characters", "1 to " + LONGEST_TEXT + " characters");
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw refused(field, "a control character", "printable text");
    }
  }

  private static void few(String field, int count) {
    if (count > MOST_WORDS) {
      throw refused(field, count + " of them", "at most " + MOST_WORDS);
    }
  }

  private static String seconds(Duration duration) {
    return String.valueOf(duration.toMillis() / 1000.0).replaceAll("\\.0$", "");
  }

  private static OperationException refused(String field, String found, String expected) {
    return Failure.badRequest(field, found, expected, "change it and register again").exception();
  }
}
