package dev.flotilla.scan.roadmap;

import dev.flotilla.scan.rules.Rule;
import dev.flotilla.scan.rules.Severity;
import java.util.List;
import java.util.Map;

/**
 * One initiative with what it is about.
 *
 * @param findings by rule
 * @param gravest the worst severity among them
 * @param days effort, one person
 * @param benefit weight of the findings: critical 20, high 5, medium 2, low 0.5
 * @param stars return from 1 to 5: benefit a day, from 2, 5, 15 and 50 on one star more
 * @param priority from 0: critical, high, medium, low findings; a quick win counts one higher
 * @param worst files with the most weight, at most five
 */
public record Work(
    Initiative initiative,
    Map<Rule, Integer> findings,
    Severity gravest,
    double days,
    double benefit,
    int stars,
    int priority,
    List<String> worst) {

  /** What is done in at most this many days is a quick win. */
  public static final double QUICK = 3;

  /** How many findings. */
  public int count() {
    return findings.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Whether it is soon done. */
  public boolean quick() {
    return days <= QUICK;
  }
}
