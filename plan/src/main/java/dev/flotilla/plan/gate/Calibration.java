package dev.flotilla.plan.gate;

import dev.flotilla.plan.Phase;
import dev.flotilla.plan.event.Event;
import dev.flotilla.plan.event.History;
import dev.flotilla.plan.event.Kind;
import dev.flotilla.plan.store.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far each actor's word is right. A claim is a closing with a stated confidence; it was wrong
 * when the phase was reopened afterwards or a later check of its gate failed, else it is right.
 */
public final class Calibration {
  /** Below this many claims an actor's figure is taken as stated. */
  public static final int ENOUGH = 5;

  /**
   * One actor's record.
   *
   * @param says mean of the stated confidences, percent
   * @param right share of claims that held, percent
   */
  public record Trust(String who, int claims, double says, double right) {
    /** A stated confidence, moved by how far the actor usually is off; 0 to 100. */
    public double calibrated(double stated) {
      return claims < ENOUGH ? stated : Math.clamp(stated - (says - right), 0, 100);
    }
  }

  private record Claim(double stated, boolean held) {}

  private Calibration() {}

  /** By actor, in alphabetical order. */
  public static Map<String, Trust> of(List<Stored> plans) {
    Map<String, List<Claim>> claims = new TreeMap<>();
    for (Stored plan : plans) {
      for (Phase phase : plan.plan().phases()) {
        collect(plan.history(), phase, claims);
      }
    }
    Map<String, Trust> records = new TreeMap<>();
    claims.forEach(
        (who, list) ->
            records.put(
                who,
                new Trust(
                    who,
                    list.size(),
                    list.stream().mapToDouble(Claim::stated).average().orElse(0),
                    100.0 * list.stream().filter(Claim::held).count() / list.size())));
    return records;
  }

  private static void collect(History history, Phase phase, Map<String, List<Claim>> claims) {
    List<Event> done = history.phase(phase).doneEvents();
    for (int i = 0; i < done.size(); i++) {
      Event event = done.get(i);
      double stated = event.number("confidence", -1);
      if (stated >= 0) {
        long until = i + 1 < done.size() ? done.get(i + 1).sequence() : Long.MAX_VALUE;
        boolean held =
            history.events().stream()
                .filter(e -> e.sequence() > event.sequence() && e.sequence() < until)
                .filter(e -> e.phase() == event.phase() && e.title().equals(event.title()))
                .noneMatch(Calibration::refutes);
        claims.computeIfAbsent(event.who(), w -> new ArrayList<>()).add(new Claim(stated, held));
      }
    }
  }

  private static boolean refutes(Event event) {
    return event.kind() == Kind.UNDONE
        || (event.kind() == Kind.CHECKED && event.text("state").equals("fails"));
  }
}
