package dev.flotilla.scan.checks;

import dev.flotilla.scan.graph.Repository;
import dev.flotilla.scan.rules.Finding;
import dev.flotilla.scan.topology.Topology;
import java.util.ArrayList;
import java.util.List;

/** All rules that need the whole repository. */
public final class Checks {
  private Checks() {}

  /** Their findings, in no particular order. */
  public static List<Finding> of(Repository repository, Topology topology) {
    List<Finding> findings = new ArrayList<>();
    findings.addAll(ImportChecks.of(repository));
    findings.addAll(FleetChecks.of(repository));
    findings.addAll(PortChecks.of(repository, topology));
    findings.addAll(RequirementChecks.of(repository));
    findings.addAll(CopyChecks.of(repository));
    findings.addAll(TreeChecks.of(repository));
    findings.addAll(ImageChecks.of(repository));
    return findings;
  }
}
