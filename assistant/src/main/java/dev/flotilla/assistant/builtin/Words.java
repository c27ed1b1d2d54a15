package dev.flotilla.assistant.builtin;

import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Sentences that several topics need. */
final class Words {
  private Words() {}

  /** {@code a, b and c}. */
  static String list(List<String> parts) {
    return parts.size() < 2
        ? String.join("", parts)
        : String.join(", ", parts.subList(0, parts.size() - 1)) + " and " + parts.getLast();
  }

  static String names(List<AgentId> ids, Facts facts) {
    return list(ids.stream().map(id -> facts.fleet().shortName(id)).toList());
  }

  static String agents(long count) {
    return count == 1 ? "1 agent" : count + " agents";
  }

  /** {@code STT is degraded: not ready: connection refused}. */
  static String state(AgentStatus status, Facts facts) {
    String again = status.startsAgain().map(at -> ", starts again " + until(at, facts)).orElse("");
    String reason = again + (status.reason().isEmpty() ? "" : ": " + status.reason());
    return "%s is %s%s"
        .formatted(facts.fleet().shortName(status.id()), status.state().label(), reason);
  }

  private static String until(Instant at, Facts facts) {
    return facts.now().isBefore(at) ? "in " + since(Duration.between(facts.now(), at)) : "now";
  }

  /** {@code 3 min}, with the two largest units at most. */
  static String since(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min";
    }
    return seconds < 86_400
        ? "%d h %d min".formatted(seconds / 3600, seconds / 60 % 60)
        : "%d d %d h".formatted(seconds / 86_400, seconds / 3600 % 24);
  }

  /** Without a fraction where there is none, else with few digits. */
  static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    String text = String.format(Locale.ROOT, "%.4f", value);
    return text.replaceAll("0+$", "").replaceAll("[.]$", "");
  }
}
