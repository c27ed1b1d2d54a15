package dev.flotilla.plan.desk;

import dev.flotilla.plan.Phase;
import dev.flotilla.plan.Plan;
import dev.flotilla.plan.store.PlanEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Finds words in the texts of all plans. */
public final class Search {
  private final Desk desk;

  public Search(Desk desk) {
    this.desk = desk;
  }

  /**
   * A line with the words.
   *
   * @param phase −1 before the first phase
   * @param line from 1
   */
  public record Hit(String id, int phase, int line, String text) {}

  /** Lines that contain all the words, in any case, newest plans first. */
  public List<Hit> of(String words) {
    String[] wanted = words.toLowerCase(Locale.ROOT).strip().split("\\s+");
    List<Hit> hits = new ArrayList<>();
    for (PlanEntry entry : desk.store().list()) {
      Plan plan = desk.store().read(entry.file()).plan();
      String low = plan.text().toLowerCase(Locale.ROOT);
      boolean possible = true;
      for (String word : wanted) {
        possible &= low.contains(word);
      }
      if (possible) {
        lines(plan, wanted, hits);
      }
    }
    return hits;
  }

  private static void lines(Plan plan, String[] wanted, List<Hit> hits) {
    int number = 0;
    int phase = -1;
    int next = 0;
    for (String line : plan.text().split("\n", -1)) {
      number++;
      List<Phase> phases = plan.phases();
      if (next < phases.size() && phases.get(next).line() == number) {
        phase = phases.get(next).index();
        next++;
      }
      String low = line.toLowerCase(Locale.ROOT);
      boolean all = true;
      for (String word : wanted) {
        all &= low.contains(word);
      }
      if (all) {
        String text = line.strip();
        hits.add(
            new Hit(plan.id(), phase, number, text.substring(0, Math.min(200, text.length()))));
      }
    }
  }
}
