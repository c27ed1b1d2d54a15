package dev.flotilla.scan.fix;

import dev.flotilla.scan.ScanResult;
import dev.flotilla.scan.graph.Backups;
import dev.flotilla.scan.rules.Finding;
import dev.flotilla.scan.rules.Rule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Turns findings into changes. Writes nothing; {@link Applied} does. */
public final class Fixer {
  private Fixer() {}

  /**
   * What would be done about the findings of a scan. The plan of a repository that was mended is
   * empty.
   *
   * @param root the folder that was scanned
   * @param chosen which findings are meant
   */
  public static FixPlan plan(
      Path root, ScanResult result, FixRequest request, Predicate<Finding> chosen)
      throws IOException, InterruptedException {
    Workbench bench = new Workbench(root, result.repository());
    List<Finding> findings = result.findings().stream().filter(chosen).toList();
    RequirementFix requirements =
        new RequirementFix(bench, new Versions(request.versions(), result.repository()));
    for (Fix fix : Fix.values()) {
      if (!request.fixes().contains(fix)) {
        continue;
      }
      List<Finding> own = findings.stream().filter(f -> fix.rules().contains(f.rule())).toList();
      switch (fix) {
        case BACKUPS -> BackupFix.plan(own, bench);
        case UNUSED, DUPLICATES, STDLIB, PINS, MISSING -> {
          for (Finding finding : own) {
            requirements.plan(finding);
          }
        }
        case EXCEPTS -> {
          for (Map.Entry<String, List<Finding>> file : byFile(own, bench).entrySet()) {
            ExceptFix.plan(file.getKey(), file.getValue(), bench);
          }
        }
        case PORTS -> {
          PortRegistry registry = new PortRegistry(bench, result.topology());
          for (Map.Entry<String, List<Finding>> file : byFile(own, bench).entrySet()) {
            PortFix.plan(file.getKey(), file.getValue(), registry, bench);
          }
          registry.write();
        }
      }
    }
    if (request.generate().isPresent()) {
      requirements.generate(request.generate().get());
    }
    return bench.plan();
  }

  /** Of swallowed exceptions those that are broad as well; backups are moved, never edited. */
  private static Map<String, List<Finding>> byFile(List<Finding> findings, Workbench bench) {
    Map<String, List<Finding>> result = new TreeMap<>();
    for (Finding finding : findings) {
      if (finding.file().endsWith(".ipynb")) {
        bench.leave(finding, "notebooks are not changed");
      } else if (Backups.contains(finding.file())) {
        bench.leave(finding, "backups are moved, not edited");
      } else if (finding.rule() != Rule.SWALLOWED) {
        result.computeIfAbsent(finding.file(), _ -> new ArrayList<>()).add(finding);
      }
    }
    return result;
  }
}
