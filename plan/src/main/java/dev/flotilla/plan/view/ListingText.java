package dev.flotilla.plan.view;

import dev.flotilla.plan.Phase;
import dev.flotilla.plan.Plan;
import dev.flotilla.plan.store.PlanEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The listing of the TASK COMMAND & CONTROL CENTER. Pure. */
public final class ListingText {
  private static final int LONGEST_DESCRIPTION = 80;
  private static final String RULE = "=".repeat(60);

  private ListingText() {}

  /** Plans with the titles of their phases. */
  public static List<String> brief(List<PlanEntry> plans, Instant now) {
    List<String> lines = head();
    int number = 0;
    for (PlanEntry plan : plans) {
      number++;
      top(lines, number, plan);
      for (PlanEntry.PhaseEntry phase : plan.phases()) {
        lines.add(item(phase.done(), phase.index(), phase.headline()) + remarks(phase, now));
      }
      lines.add("");
    }
    return ended(lines, plans);
  }

  /** Plans with all their text, as {@code import} reads them. */
  public static List<String> full(List<PlanEntry> plans, Function<String, Plan> read) {
    List<String> lines = head();
    int number = 0;
    for (PlanEntry plan : plans) {
      number++;
      top(lines, number, plan);
      Plan whole = read.apply(plan.file());
      for (Phase phase : whole.phases()) {
        lines.add(item(phase.done(), phase.index(), phase.headline()));
        String body = phase.body().of(whole.text()).replace("\r\n", "\n").stripTrailing();
        if (!body.isEmpty()) {
          lines.addAll(List.of(body.split("\n", -1)));
        }
      }
      lines.add("");
    }
    return ended(lines, plans);
  }

  private static List<String> head() {
    List<String> lines = new ArrayList<>();
    lines.add(RULE);
    lines.add("🎮 TASK COMMAND & CONTROL CENTER");
    lines.add(RULE);
    lines.add("");
    lines.add("📋 ALL OPEN TASKS:");
    lines.add("=".repeat(40));
    lines.add("");
    return lines;
  }

  private static List<String> ended(List<String> lines, List<PlanEntry> plans) {
    if (plans.isEmpty()) {
      lines.add("None. Make one: flotilla plan new \"what it is for\"");
    } else {
      lines.removeLast();
    }
    return lines;
  }

  private static void top(List<String> lines, int number, PlanEntry plan) {
    lines.add(number + ". 🗒️  " + plan.id());
    lines.add("   Description: " + shortened(plan.description()));
    lines.add(
        "   Status: "
            + plan.status()
            + (plan.damage().isEmpty() ? "" : "  (" + plan.damage() + ")"));
    lines.add("   Created: " + plan.created());
    lines.add("   TODO Items (" + plan.phases().size() + "):");
  }

  private static String item(boolean done, int index, String headline) {
    return "      [" + (done ? "✔" : "✗") + "] " + index + ". " + headline;
  }

  private static String remarks(PlanEntry.PhaseEntry phase, Instant now) {
    List<String> remarks = new ArrayList<>();
    if (phase.done() && !phase.verdict().equals("forced")) {
      remarks.add(phase.verdict());
    }
    if (phase.forced()) {
      remarks.add("forced");
    }
    if (!phase.done() && phase.boxes() > 0) {
      remarks.add(phase.ticked() + "/" + phase.boxes());
    }
    String holder = phase.done() ? "" : phase.holder(now);
    if (!holder.isEmpty()) {
      remarks.add("claimed by " + holder);
    }
    return remarks.isEmpty() ? "" : "  (" + String.join(", ", remarks) + ")";
  }

  private static String shortened(String description) {
    String line = description.replace('\n', ' ');
    return line.codePointCount(0, line.length()) <= LONGEST_DESCRIPTION || alreadyCut(line)
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST_DESCRIPTION)) + "...";
  }

  /** A description that came from a listing was cut there. */
  private static boolean alreadyCut(String line) {
    return line.endsWith("...") && line.length() <= LONGEST_DESCRIPTION + 3;
  }
}
