package dev.flotilla.scan.report;

import dev.flotilla.scan.ScanResult;
import dev.flotilla.scan.facts.FileFacts;
import dev.flotilla.scan.facts.FileFacts.State;
import dev.flotilla.scan.fix.Fix;
import dev.flotilla.scan.roadmap.Roadmap;
import dev.flotilla.scan.rules.Finding;
import dev.flotilla.scan.rules.Rule;
import dev.flotilla.scan.rules.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A scan in numbers.
 *
 * @param files files read
 * @param pythonFiles of them Python
 * @param lines lines of Python
 * @param broken Python files that do not parse
 * @param agents agents in the configurations in force
 * @param endpoints sockets in the code
 * @param resolved of them with a known port
 * @param bySeverity findings, worst severity first
 * @param byRule findings by rule
 * @param graded findings by severity and rule, as a rule may find graver and lesser things
 * @param worst the ten places that deserve attention first
 * @param quickWins rules whose findings are all mended in at most three days
 */
public record Summary(
    int files,
    int pythonFiles,
    int lines,
    int broken,
    int agents,
    int endpoints,
    int resolved,
    Map<Severity, Integer> bySeverity,
    Map<Rule, Integer> byRule,
    Map<Severity, Map<Rule, Integer>> graded,
    List<Place> worst,
    List<QuickWin> quickWins) {

  private static final double QUICK = 3;

  /**
   * A file with many or grave findings.
   *
   * @param weight critical 20, high 5, medium 2, low 0.5 each
   */
  public record Place(String file, int findings, double weight, String gravest) {}

  /**
   * Something that is soon done.
   *
   * @param days effort in days of work
   */
  public record QuickWin(Rule rule, int findings, double days) {}

  static Summary of(ScanResult result, List<Finding> findings) {
    List<FileFacts> python = result.repository().python();
    Map<Severity, Integer> bySeverity = new EnumMap<>(Severity.class);
    Map<Rule, Integer> byRule = new EnumMap<>(Rule.class);
    Map<Severity, Map<Rule, Integer>> graded = new EnumMap<>(Severity.class);
    for (Severity severity : Severity.values()) {
      bySeverity.put(severity, 0);
    }
    for (Finding finding : findings) {
      bySeverity.merge(finding.severity(), 1, Integer::sum);
      byRule.merge(finding.rule(), 1, Integer::sum);
      graded
          .computeIfAbsent(finding.severity(), _ -> new EnumMap<>(Rule.class))
          .merge(finding.rule(), 1, Integer::sum);
    }
    int resolved = (int) result.topology().endpoints().stream().filter(e -> e.resolved()).count();
    return new Summary(
        result.repository().files().size(),
        python.size(),
        python.stream().mapToInt(FileFacts::lines).sum(),
        (int) python.stream().filter(f -> f.state() == State.RECOVERED).count(),
        result.repository().agents().inForce().size(),
        result.topology().endpoints().size(),
        resolved,
        bySeverity,
        byRule,
        graded,
        worst(findings, result),
        quickWins(byRule));
  }

  private static List<Place> worst(List<Finding> findings, ScanResult result) {
    Map<String, List<Finding>> byFile = new TreeMap<>();
    for (Finding finding : findings) {
      byFile.computeIfAbsent(finding.file(), _ -> new ArrayList<>()).add(finding);
    }
    byFile.keySet().removeIf(result.repository()::isBackup);
    List<Place> places = new ArrayList<>();
    byFile.forEach(
        (file, own) -> {
          double weight = own.stream().mapToDouble(f -> weight(f.severity())).sum();
          if (result.repository().agents().ofScript(file).isPresent()) {
            weight *= 2;
          }
          Finding gravest =
              own.stream().min(Comparator.comparing(Finding::severity)).orElse(own.getFirst());
          places.add(new Place(file, own.size(), weight, gravest.message()));
        });
    places.sort(Comparator.comparingDouble(Place::weight).reversed().thenComparing(Place::file));
    return List.copyOf(places.subList(0, Math.min(10, places.size())));
  }

  private static double weight(Severity severity) {
    return switch (severity) {
      case CRITICAL -> 20;
      case HIGH -> 5;
      case MEDIUM -> 2;
      case LOW -> 0.5;
    };
  }

  private static List<QuickWin> quickWins(Map<Rule, Integer> byRule) {
    List<QuickWin> wins = new ArrayList<>();
    byRule.forEach(
        (rule, count) -> {
          double days = Math.max(0.1, Roadmap.days(rule, count));
          boolean fixed = Fix.usualOnes().stream().anyMatch(fix -> fix.rules().contains(rule));
          if (days <= QUICK && (fixed || rule.severity().atLeast(Severity.MEDIUM))) {
            wins.add(new QuickWin(rule, count, days));
          }
        });
    wins.sort(
        Comparator.<QuickWin, Severity>comparing(w -> w.rule().severity())
            .thenComparingDouble(QuickWin::days));
    return List.copyOf(wins.subList(0, Math.min(10, wins.size())));
  }
}
