package dev.flotilla.hub.observability;

import dev.flotilla.kernel.fleet.FleetView;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How the fleet is.
 *
 * @param status {@code ok} when every required agent is as the manifest wants it, else {@code
 *     failing}
 * @param verdict the same in a sentence
 * @param counts agents by tone
 * @param agents in manifest order
 */
record HealthSummary(
    String fleet,
    String status,
    String verdict,
    Instant at,
    Map<String, Integer> counts,
    List<Line> agents) {

  /** One agent. */
  record Line(
      String name,
      String machine,
      String group,
      String state,
      boolean required,
      boolean fine,
      boolean stale,
      String reason,
      Optional<Instant> startsAgain,
      Optional<Instant> since,
      int restarts,
      Map<String, Integer> ports) {}

  /** Pure. */
  static HealthSummary of(FleetView fleet, Instant now) {
    return of(fleet.fleet().name(), AgentView.all(fleet, now), now);
  }

  static HealthSummary of(String fleet, List<AgentView> agents, Instant now) {
    long bad = agents.stream().filter(a -> a.required() && !a.fine()).count();
    boolean ok = bad == 0 && !agents.isEmpty();
    return new HealthSummary(
        fleet,
        ok ? "ok" : "failing",
        verdict(agents, bad),
        now,
        counts(agents),
        agents.stream().map(HealthSummary::line).toList());
  }

  boolean ok() {
    return status.equals("ok");
  }

  private static String verdict(List<AgentView> agents, long bad) {
    if (agents.isEmpty()) {
      return "The node has not been heard yet.";
    }
    if (agents.stream().allMatch(AgentView::stale)) {
      return "No node is heard: what is shown is old. Start one with flotilla up: it takes over"
          + " what runs.";
    }
    long optional = agents.stream().filter(a -> !a.required() && !a.fine()).count();
    if (bad > 0) {
      return bad == 1 ? "1 required agent is not fine." : bad + " required agents are not fine.";
    }
    return optional == 0
        ? "All agents are fine."
        : "All required agents are fine; "
            + optional
            + " optional "
            + (optional == 1 ? "one is" : "ones are")
            + " not.";
  }

  private static Map<String, Integer> counts(List<AgentView> agents) {
    Map<Tone, Integer> byTone = new EnumMap<>(Tone.class);
    for (Tone tone : Tone.values()) {
      byTone.put(tone, 0);
    }
    agents.forEach(a -> byTone.merge(a.tone(), 1, Integer::sum));
    Map<String, Integer> counts = new TreeMap<>();
    byTone.forEach((tone, count) -> counts.put(tone.label(), count));
    return counts;
  }

  private static Line line(AgentView a) {
    return new Line(
        a.id().name(),
        a.id().machine(),
        a.group(),
        a.state().map(s -> s.label()).orElse("unknown"),
        a.required(),
        a.fine(),
        a.stale(),
        a.reason(),
        a.startsAgain(),
        a.since(),
        a.restarts(),
        a.ports());
  }
}
