package dev.flotilla.scan.tracker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be done so that a tracker says what the code says.
 *
 * @param actions in their order: what is there is put right before anything is opened
 * @param same issues that are as they should be
 * @param byHand findings whose issue somebody closed; they stay closed
 */
public record Sync(List<Action> actions, int same, int byHand) {

  /**
   * Compares.
   *
   * @param kind only issues of this kind are looked at
   * @param tickets what should be there
   * @param issues what is there, open and closed, also those of others
   */
  public static Sync of(String kind, List<Ticket> tickets, List<Issue> issues) {
    List<Action> actions = new ArrayList<>();
    Map<String, Issue> known = new LinkedHashMap<>();
    List<Issue> sorted = new ArrayList<>(issues);
    sorted.sort(Comparator.comparingInt(Issue::number));
    for (Issue issue : sorted) {
      Optional<Marker> marker = Marker.in(issue.body()).filter(m -> m.kind().equals(kind));
      if (marker.isPresent()) {
        Issue first = known.putIfAbsent(marker.get().fingerprint(), issue);
        if (first != null && issue.open()) {
          actions.add(close(issue, marker.get(), first.number()));
        }
      }
    }
    Map<Ticket, Issue> pairs = pairs(tickets, known);
    int same = 0;
    int byHand = 0;
    List<Action> fresh = new ArrayList<>();
    for (Ticket ticket : tickets) {
      Issue issue = pairs.get(ticket);
      if (issue == null) {
        fresh.add(new Action.Open(ticket));
        continue;
      }
      Marker marker = Marker.in(issue.body()).orElseThrow();
      if (!issue.open() && !marker.gone()) {
        byHand++;
      } else if (issue.open() && marker.equals(Marker.of(ticket))) {
        same++;
      } else {
        String body = Marker.of(ticket).into(issue.body());
        actions.add(new Action.Update(issue.number(), issue.title(), body, !issue.open()));
      }
    }
    Set<Issue> kept = new HashSet<>(pairs.values());
    for (Issue issue : known.values()) {
      if (issue.open() && !kept.contains(issue)) {
        actions.add(close(issue, Marker.in(issue.body()).orElseThrow(), 0));
      }
    }
    actions.addAll(fresh);
    return new Sync(List.copyOf(actions), same, byHand);
  }

  private static Action close(Issue issue, Marker marker, int twin) {
    return new Action.Close(
        issue.number(), issue.title(), marker.asGone().into(issue.body()), twin);
  }

  /** By fingerprint; what is left over on both sides by its words, when those are unique. */
  private static Map<Ticket, Issue> pairs(List<Ticket> tickets, Map<String, Issue> known) {
    Map<Ticket, Issue> pairs = new HashMap<>();
    Map<String, List<Issue>> lost = new HashMap<>();
    Set<String> wanted = new HashSet<>();
    tickets.forEach(ticket -> wanted.add(ticket.fingerprint()));
    known.forEach(
        (fingerprint, issue) -> {
          if (!wanted.contains(fingerprint) && issue.open()) {
            String text = Marker.in(issue.body()).orElseThrow().text();
            lost.computeIfAbsent(text, _ -> new ArrayList<>()).add(issue);
          }
        });
    Map<String, List<Ticket>> moved = new HashMap<>();
    for (Ticket ticket : tickets) {
      Issue issue = known.get(ticket.fingerprint());
      if (issue != null) {
        pairs.put(ticket, issue);
      } else {
        moved.computeIfAbsent(ticket.text(), _ -> new ArrayList<>()).add(ticket);
      }
    }
    moved.forEach(
        (text, candidates) -> {
          List<Issue> issues = lost.getOrDefault(text, List.of());
          if (candidates.size() == 1 && issues.size() == 1) {
            pairs.put(candidates.getFirst(), issues.getFirst());
          }
        });
    return pairs;
  }
}
