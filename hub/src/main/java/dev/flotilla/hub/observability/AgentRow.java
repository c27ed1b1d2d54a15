package dev.flotilla.hub.observability;

import dev.flotilla.model.Agent;
import dev.flotilla.model.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One agent as a row of the page's table. Pure. */
final class AgentRow {
  private AgentRow() {}

  /**
   * The row.
   *
   * @param use of its process, when it is on this machine
   * @param sharers how many agents share that process
   * @param now for how long it is up, and when it starts again; empty when the reader counts by
   *     itself
   */
  static Html of(AgentView agent, Optional<ResourceUse> use, int sharers, Optional<Instant> now) {
    return Html.of(
        """
        <tr id="%s" class="%s" data-tone="%s" data-fine="%s">\
        <th scope="row" data-label="Agent"><span class="name">%s</span>%s</th>\
        <td data-label="State"><span class="state"><span class="sign" aria-hidden="true">%s</span> %s</span></td>\
        <td data-label="Reason" class="reason">%s</td>\
        <td data-label="Up" class="number">%s</td>\
        <td data-label="Restarts" class="number%s">%s</td>\
        <td data-label="Memory" class="number">%s</td>\
        <td data-label="CPU" class="number">%s</td>\
        <td data-label="Ports">%s</td>\
        <td data-label="Group">%s</td>\
        <td data-label="Machine">%s</td></tr>
        """,
        domId(agent),
        agent.tone().label(),
        agent.tone().label(),
        agent.fine(),
        agent.name(),
        agent.required() ? Html.NONE : Html.of("<span class=\"optional\">optional</span>"),
        agent.sign(),
        agent.words(),
        reason(agent, now),
        up(agent, now),
        agent.restarts() > 0 ? " some" : " none",
        agent.restarts(),
        use.map(u -> memory(u, sharers)).orElse(Html.NONE),
        use.map(AgentRow::cpu).orElse(Html.NONE),
        ports(agent.ports()),
        agent.group(),
        agent.id().machine());
  }

  static String domId(AgentView agent) {
    return "agent-" + agent.id();
  }

  private static Html reason(AgentView agent, Optional<Instant> now) {
    boolean exit = agent.restarts() > 0 && agent.lastExit().isPresent() && agent.reason().isEmpty();
    return exit
        ? Html.of("last end: %s", agent.lastExit().orElse(""))
        : Html.of("%s%s", startsAgain(agent, now), agent.reason());
  }

  private static Html startsAgain(AgentView agent, Optional<Instant> now) {
    return agent
        .startsAgain()
        .map(
            at ->
                Html.of(
                    "starts again <time data-until=\"%s\" title=\"at %s\">%s</time>; ",
                    at.toEpochMilli(), plain(at), now.map(n -> until(at, n)).orElse("")))
        .orElse(Html.NONE);
  }

  private static String until(Instant at, Instant now) {
    return now.isBefore(at) ? "in " + duration(Duration.between(now, at)) : "now";
  }

  private static String plain(Instant at) {
    return at.toString().replaceAll("\\.\\d+", "");
  }

  private static Html up(AgentView agent, Optional<Instant> now) {
    if (agent.stale() || agent.pid().isEmpty()) {
      return Html.NONE;
    }
    return agent
        .startedAt()
        .map(
            start ->
                Html.of(
                    "<time data-since=\"%s\" title=\"since %s\">%s</time>",
                    start.toEpochMilli(),
                    plain(start),
                    now.map(n -> duration(Duration.between(start, n))).orElse("")))
        .orElse(Html.NONE);
  }

  /** {@code 42 s}, {@code 7 min}, {@code 3 h 5 min}, {@code 2 d 3 h}. */
  static String duration(Duration length) {
    long seconds = Math.max(0, length.toSeconds());
    if (seconds < 60) {
      return seconds + " s";
    } else if (seconds < 3_600) {
      return seconds / 60 + " min";
    } else if (seconds < 86_400) {
      return seconds / 3_600 + " h " + seconds % 3_600 / 60 + " min";
    }
    return seconds / 86_400 + " d " + seconds % 86_400 / 3_600 + " h";
  }

  private static Html memory(ResourceUse use, int sharers) {
    Bytes rounded = new Bytes(use.residentBytes() >> 20 << 20);
    return sharers > 1
        ? Html.of(
            "<span title=\"one process of %s agents\">%s <small class=\"shared\">for"
                + " %s</small></span>",
            sharers, rounded, sharers)
        : Html.of("%s", rounded);
  }

  private static Html cpu(ResourceUse use) {
    return use.cores().isPresent()
        ? Html.of("%s %%", String.format(Locale.ROOT, "%.0f", use.cores().getAsDouble() * 100))
        : Html.NONE;
  }

  private static Html ports(Map<String, Integer> ports) {
    List<Html> each =
        ports.entrySet().stream()
            .sorted(Comparator.comparing(p -> !p.getKey().equals(Agent.MAIN_PORT)))
            .map(
                p ->
                    p.getKey().equals(Agent.MAIN_PORT)
                        ? Html.of("<span class=\"port\">%s</span> ", p.getValue())
                        : Html.of(
                            "<span class=\"port\">%s <small>%s</small></span> ",
                            p.getValue(), p.getKey()))
            .toList();
    return Html.join(each);
  }
}
