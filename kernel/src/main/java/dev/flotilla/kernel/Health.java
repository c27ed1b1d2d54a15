package dev.flotilla.kernel;

import java.util.ArrayList;
import java.util.List;

/** How a service is. Reasons are sentences for people. */
public sealed interface Health {

  /** It does all it is there for. */
  record Ok() implements Health {}

  /** It does part of it. */
  record Degraded(List<String> reasons) implements Health {
    public Degraded {
      reasons = List.copyOf(reasons);
    }
  }

  /** It does none of it. */
  record Down(List<String> reasons) implements Health {
    public Down {
      reasons = List.copyOf(reasons);
    }
  }

  static Health ok() {
    return new Ok();
  }

  static Health degraded(String... reasons) {
    return new Degraded(List.of(reasons));
  }

  static Health down(String... reasons) {
    return new Down(List.of(reasons));
  }

  /** As written in JSON: {@code ok}, {@code degraded} or {@code down}. */
  default String status() {
    return switch (this) {
      case Ok ok -> "ok";
      case Degraded degraded -> "degraded";
      case Down down -> "down";
    };
  }

  /** Why it is not ok; empty when it is. */
  default List<String> why() {
    return switch (this) {
      case Ok ok -> List.of();
      case Degraded(List<String> reasons) -> reasons;
      case Down(List<String> reasons) -> reasons;
    };
  }

  /** The worse of the two, with the reasons of both. */
  default Health and(Health other) {
    List<String> reasons = new ArrayList<>(why());
    reasons.addAll(other.why());
    return this instanceof Down || other instanceof Down
        ? new Down(reasons)
        : this instanceof Degraded || other instanceof Degraded ? new Degraded(reasons) : this;
  }
}
