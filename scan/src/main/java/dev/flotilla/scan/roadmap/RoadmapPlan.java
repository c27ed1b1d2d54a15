package dev.flotilla.scan.roadmap;

import dev.flotilla.scan.rules.Rule;
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
    StringBuilder text = new StringBuilder();
    line(text, "---");
    line(text, "description: Mend what the scan of %s found", name.replaceAll("[\\r\\n:#]", " "));
    line(text, "status: in_progress");
    line(text, "---");
    line(text, "");
    line(
        text,
        "%d initiatives, %s days of work for one person.",
        roadmap.works().size(),
        days(roadmap.days()));
    line(text, "");
    matrix(roadmap, text);
    risks(roadmap, text);
    for (int i = 0; i < roadmap.works().size(); i++) {
      phase(roadmap, i, text);
    }
    return text.toString();
  }

  private static void matrix(Roadmap roadmap, StringBuilder text) {
    line(text, "| | initiative | findings | days | return | priority |");
    line(text, "|---|---|---|---|---|---|");
    for (int i = 0; i < roadmap.works().size(); i++) {
      Work work = roadmap.works().get(i);
      line(
          text,
          "| %d | %s%s | %,d | %s | %s | P%d |",
          i,
          work.initiative().title(),
          work.quick() ? " (quick win)" : "",
          work.count(),
          days(work.days()),
          stars(work),
          work.priority());
    }
    line(text, "");
  }

  private static void risks(Roadmap roadmap, StringBuilder text) {
    line(text, "| risk while doing it | likelihood | impact | what keeps it small |");
    line(text, "|---|---|---|---|");
    for (Work work : roadmap.works()) {
      Initiative.Risk risk = work.initiative().risk();
      line(
          text,
          "| %s | %s | %s | %s |",
          work.initiative().title(),
          word(risk.likelihood()),
          word(risk.impact()),
          risk.mitigation());
    }
    line(text, "");
  }

  private static void phase(Roadmap roadmap, int index, StringBuilder text) {
    Work work = roadmap.works().get(index);
    line(text, "## PHASE %d: %s", index, work.initiative().title());
    line(text, "Needs: %s", roadmap.needs(work).map(String::valueOf).orElse("none"));
    line(text, "");
    line(text, "**Explanations:**");
    line(text, "%s", work.initiative().why());
    line(
        text,
        "P%d · %s %s · return %s%s",
        work.priority(),
        days(work.days()),
        work.days() == 1 ? "day" : "days",
        stars(work),
        work.findings().isEmpty() ? "" : " · " + counts(work.findings()));
    line(text, "");
    line(text, "**Tasks:**");
    List<String> tasks = tasks(work);
    for (int i = 0; i < tasks.size(); i++) {
      line(text, "%d. [ ] %s", i + 1, tasks.get(i));
    }
    line(text, "");
    if (!work.initiative().commands().isEmpty()) {
      line(text, "**Commands:**");
      line(text, "~~~bash");
      line(text, "%s", work.initiative().commands());
      line(text, "~~~");
      line(text, "");
    }
    if (!work.findings().isEmpty()) {
      String rules =
          work.findings().keySet().stream().map(Rule::id).collect(Collectors.joining(","));
      line(text, "~~~gate");
      line(text, "command: flotilla scan --only %s --fail-on low", rules);
      line(text, "~~~");
      line(text, "");
    }
    Initiative.Risk risk = work.initiative().risk();
    line(
        text,
        "IMPORTANT NOTE: Risk while doing it: likelihood %s, impact %s; %s.",
        word(risk.likelihood()),
        word(risk.impact()),
        risk.mitigation());
    line(text, "");
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

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values));
    text.append('\n');
  }
}
