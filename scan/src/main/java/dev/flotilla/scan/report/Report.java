package dev.flotilla.scan.report;

import dev.flotilla.scan.ScanResult;
import dev.flotilla.scan.facts.Fact;
import dev.flotilla.scan.facts.FileFacts;
import dev.flotilla.scan.rules.Finding;
import dev.flotilla.scan.rules.Rule;
import dev.flotilla.scan.rules.RuleText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A scan as every writer needs it.
 *
 * @param entries the findings with what readers want to know besides
 */
public record Report(ScanResult result, Summary summary, List<Entry> entries) {

  /**
   * A finding with its surroundings.
   *
   * @param fingerprint stays the same when lines move
   * @param machine the machine concerned, or {@code both}
   * @param gpuImpact what it means for graphics cards
   * @param opportunity what is gained by mending it
   * @param approach how to mend it
   */
  public record Entry(
      Finding finding,
      String fingerprint,
      String machine,
      String gpuImpact,
      String opportunity,
      String approach) {}

  /** A report on all findings of a scan. */
  public static Report of(ScanResult result) {
    return of(result, result.findings());
  }

  /** A report on some of them. */
  public static Report of(ScanResult result, List<Finding> findings) {
    Map<Rule, RuleText> texts = RuleText.all();
    Map<String, String> gpu = new HashMap<>();
    Map<String, String> machines = new HashMap<>();
    for (FileFacts file : result.repository().files()) {
      if (file.has(Fact.Kind.GPU)) {
        gpu.put(file.path(), "uses the GPU");
      }
    }
    List<String> prints = Fingerprints.of(findings);
    List<Entry> entries = new ArrayList<>(findings.size());
    for (int i = 0; i < findings.size(); i++) {
      Finding finding = findings.get(i);
      RuleText text = texts.getOrDefault(finding.rule(), new RuleText("", "", "", ""));
      String machine =
          machines.computeIfAbsent(
              finding.file(), file -> result.repository().agents().machineOf(file));
      entries.add(
          new Entry(
              finding,
              prints.get(i),
              machine,
              gpu.getOrDefault(finding.file(), "none"),
              text.why(),
              text.approach()));
    }
    return new Report(result, Summary.of(result, findings), entries);
  }
}
