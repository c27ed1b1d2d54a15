package dev.flotilla.scan.roadmap;

import dev.flotilla.scan.ScanResult;
import dev.flotilla.scan.graph.Backups;
import dev.flotilla.scan.rules.Finding;
import dev.flotilla.scan.rules.Rule;
import dev.flotilla.scan.rules.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The work that a scan's findings ask for, in the order to do it: what others wait for first, then
 * quick wins, then by priority and return.
 *
 * @param works at least the guardrails
 * @param inBackups findings inside of backups, which go with them and are counted nowhere else
 */
public record Roadmap(List<Work> works, int inBackups) {
  /** The exponent of a learning curve of 80 %: twice as many of a kind cost 1.6 times as much. */
  private static final double LEARNING = -0.322;

  private static final double MECHANICAL = 0.1;

  /** The roadmap of a scan. */
  public static Roadmap of(ScanResult result) {
    Map<Initiative, List<Finding>> byInitiative = new EnumMap<>(Initiative.class);
    byInitiative.put(Initiative.GUARDRAILS, new ArrayList<>());
    int inBackups = 0;
    for (Finding finding : result.findings()) {
      if (Backups.contains(finding.file()) && finding.rule() != Rule.BACKUP_FILE) {
        inBackups++;
      } else {
        byInitiative
            .computeIfAbsent(Initiative.of(finding.rule()), _ -> new ArrayList<>())
            .add(finding);
      }
    }
    Map<Initiative, Work> works = new EnumMap<>(Initiative.class);
    byInitiative.forEach((initiative, own) -> works.put(initiative, work(initiative, own)));
    return new Roadmap(ordered(works), inBackups);
  }

  /** Days for all of it, one person. */
  public double days() {
    return works.stream().mapToDouble(Work::days).sum();
  }

  private static Work work(Initiative initiative, List<Finding> findings) {
    Map<Rule, Integer> counts = new EnumMap<>(Rule.class);
    Map<String, Double> files = new HashMap<>();
    double benefit = 0;
    Severity gravest = Severity.LOW;
    for (Finding finding : findings) {
      counts.merge(finding.rule(), 1, Integer::sum);
      files.merge(finding.file(), weight(finding.severity()), Double::sum);
      benefit += weight(finding.severity());
      gravest = finding.severity().atLeast(gravest) ? finding.severity() : gravest;
    }
    if (initiative == Initiative.GUARDRAILS) {
      return new Work(initiative, Map.of(), Severity.HIGH, 1, 0, 5, 0, List.of());
    }
    double days = 0.5;
    for (Map.Entry<Rule, Integer> entry : counts.entrySet()) {
      days += days(entry.getKey(), entry.getValue());
    }
    days = Math.max(0.5, Math.round(days * 2) / 2.0);
    double perDay = benefit / days;
    int stars = 1 + (perDay >= 2 ? 1 : 0) + (perDay >= 5 ? 1 : 0) + (perDay >= 15 ? 1 : 0);
    stars += perDay >= 50 ? 1 : 0;
    int priority = Math.max(0, priority(gravest) - (days <= Work.QUICK ? 1 : 0));
    List<String> worst =
        files.entrySet().stream()
            .sorted(
                Map.Entry.<String, Double>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(5)
            .map(Map.Entry::getKey)
            .toList();
    return new Work(initiative, counts, gravest, days, benefit, stars, priority, worst);
  }

  /** Days of work to mend so many findings of a rule. */
  public static double days(Rule rule, int count) {
    return rule.effort() * (Initiative.mechanical(rule) ? MECHANICAL : 1) * learned(count);
  }

  /** What so many cost, in efforts of the first. */
  static double learned(int count) {
    double sum = 0;
    for (int i = 1; i <= count; i++) {
      sum += Math.pow(i, LEARNING);
    }
    return sum;
  }

  private static int priority(Severity gravest) {
    return switch (gravest) {
      case CRITICAL -> 0;
      case HIGH -> 1;
      case MEDIUM -> 2;
      case LOW -> 3;
    };
  }

  private static double weight(Severity severity) {
    return switch (severity) {
      case CRITICAL -> 20;
      case HIGH -> 5;
      case MEDIUM -> 2;
      case LOW -> 0.5;
    };
  }

  private static List<Work> ordered(Map<Initiative, Work> works) {
    List<Work> result = new ArrayList<>();
    Set<Initiative> done = EnumSet.noneOf(Initiative.class);
    Comparator<Work> order =
        Comparator.<Work>comparingInt(w -> w.initiative() == Initiative.GUARDRAILS ? 0 : 1)
            .thenComparing(w -> !w.quick())
            .thenComparingInt(Work::priority)
            .thenComparing(Comparator.comparingInt(Work::stars).reversed())
            .thenComparing(Work::initiative);
    while (result.size() < works.size()) {
      Work next =
          works.values().stream()
              .filter(w -> !done.contains(w.initiative()))
              .filter(w -> before(w.initiative(), works).map(done::contains).orElse(true))
              .min(order)
              .orElseThrow();
      done.add(next.initiative());
      result.add(next);
    }
    return List.copyOf(result);
  }

  /** What has to be done before; where that has no findings, what had to be done before it. */
  static Optional<Initiative> before(Initiative initiative, Map<Initiative, Work> works) {
    Optional<Initiative> before = initiative.after();
    while (before.isPresent() && !works.containsKey(before.get())) {
      before = before.get().after();
    }
    return before;
  }

  /** The place of what has to be done before a work; empty when nothing has. */
  public Optional<Integer> needs(Work work) {
    Map<Initiative, Work> all = new EnumMap<>(Initiative.class);
    works.forEach(w -> all.put(w.initiative(), w));
    return before(work.initiative(), all).map(i -> works.indexOf(all.get(i)));
  }
}
