package dev.flotilla.scan.roadmap;

import dev.flotilla.scan.rules.Rule;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A roadmap as a plan file, in the format of {@code docs/plan-format.md}. */
public final class RoadmapPlan {
  private RoadmapPlan() {}

  /**
   * The file.
   *
   * @param name what the plan is about, such as the folder's name
   */
  public static String of(Roadmap roadmap, String name) {
    Formatter text = new Formatter(Locale.ROOT);
    text.format("---\n");
    text.format(
        "description: Mend what the scan of %s found\n", name.replaceAll("[\\r\\n:#]", " "));
    text.format("status: in_progress\n");
    text.format("---\n");
    text.format("\n");
    text.format(
        "%d initiatives, %s days of work for one person.\n",
        roadmap.works().size(), days(roadmap.days()));
    text.format("\n");
    matrix(roadmap, text);
    risks(roadmap, text);
    for (int i = 0; i < roadmap.works().size(); i++) {
      phase(roadmap, i, text);
    }
    return text.toString();
  }

  private static void matrix(Roadmap roadmap, Formatter text) {
    text.format("| | initiative | findings | days | return | priority |\n");
    text.format("|---|---|---|---|---|---|\n");
    for (int i = 0; i < roadmap.works().size(); i++) {
      Work work = roadmap.works().get(i);
      text.format(
          "| %d | %s%s | %,d | %s | %s | P%d |\n",
          i,
          work.initiative().title(),
          work.quick() ? " (quick win)" : "",
          work.count(),
          days(work.days()),
          stars(work),
          work.priority());
    }
    text.format("\n");
  }

  private static void risks(Roadmap roadmap, Formatter text) {
    text.format("| risk while doing it | likelihood | impact | what keeps it small |\n");
    text.format("|---|---|---|---|\n");
    for (Work work : roadmap.works()) {
      Initiative.Risk risk = work.initiative().risk();
      text.format(
          "| %s | %s | %s | %s |\n",
          work.initiative().title(),
          word(risk.likelihood()),
          word(risk.impact()),
          risk.mitigation());
    }
    text.format("\n");
  }

  private static void phase(Roadmap roadmap, int index, Formatter text) {
    Work work = roadmap.works().get(index);
    text.format("## PHASE %d: %s\n", index, work.initiative().title());
    text.format("Needs: %s\n", roadmap.needs(work).map(String::valueOf).orElse("none"));
    text.format("\n");
    text.format("**Explanations:**\n");
    text.format("%s\n", work.initiative().why());
    text.format(
        "P%d · %s %s · return %s%s\n",
        work.priority(),
        days(work.days()),
        work.days() == 1 ? "day" : "days",
        stars(work),
        work.findings().isEmpty() ? "" : " · " + counts(work.findings()));
    text.format("\n");
    text.format("**Tasks:**\n");
    List<String> tasks = tasks(work);
    for (int i = 0; i < tasks.size(); i++) {
      text.format("%d. [ ] %s\n", i + 1, tasks.get(i));
    }
    text.format("\n");
    if (!work.initiative().commands().isEmpty()) {
      text.format("**Commands:**\n");
      text.format("~~~bash\n");
      text.format("%s\n", work.initiative().commands());
      text.format("~~~\n");
      text.format("\n");
    }
    if (!work.findings().isEmpty()) {
      String rules =
          work.findings().keySet().stream().map(Rule::id).collect(Collectors.joining(","));
      text.format("~~~gate\n");
      text.format("command: flotilla scan --only %s --fail-on low\n", rules);
      text.format("~~~\n");
      text.format("\n");
    }
    Initiative.Risk risk = work.initiative().risk();
    text.format(
        "IMPORTANT NOTE: Risk while doing it: likelihood %s, impact %s; %s.\n",
        word(risk.likelihood()), word(risk.impact()), risk.mitigation());
    text.format("\n");
  }

  private static List<String> tasks(Work work) {
    if (work.initiative() == Initiative.GUARDRAILS) {
      return List.of(
          "Commit the baseline",
          "Commit the workflow and the hook, and see them run",
          "Tell everybody what the gate asks for");
    }
    java.util.ArrayList<String> tasks = new java.util.ArrayList<>();
    work.findings().entrySet().stream()
        .sorted(Map.Entry.<Rule, Integer>comparingByValue().reversed())
        .forEach(
            entry ->
                tasks.add(
                    String.format(
                        Locale.ROOT,
                        "%s: %,d × %s",
                        entry.getKey().id(),
                        entry.getValue(),
                        entry.getKey().title())));
    tasks.add(
        "Begin with "
            + work.worst().stream().map(f -> "`" + f + "`").collect(Collectors.joining(", ")));
    return tasks;
  }

  private static String counts(Map<Rule, Integer> findings) {
    return findings.entrySet().stream()
        .map(e -> String.format(Locale.ROOT, "%,d × %s", e.getValue(), e.getKey().id()))
        .collect(Collectors.joining(", "));
  }

  /** Five signs, as many of them full as there are stars. */
  public static String stars(Work work) {
    return "★".repeat(work.stars()) + "☆".repeat(5 - work.stars());
  }

  /** Without decimals where there are none. */
  public static String days(double days) {
    return days == Math.rint(days)
        ? String.format(Locale.ROOT, "%.0f", days)
        : String.format(Locale.ROOT, "%.1f", days);
  }

  private static String word(Initiative.Chance chance) {
    return chance.name().toLowerCase(Locale.ROOT);
  }
}
