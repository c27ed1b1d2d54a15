package dev.flotilla.scan.checks;

import dev.flotilla.scan.graph.Repository;
import dev.flotilla.scan.rules.Finding;
import dev.flotilla.scan.topology.Topology;
import java.util.List;
import java.util.function.Supplier;

/** All rules that need the whole repository. */
public final class Checks {
  private Checks() {}

  /** Their findings, in no particular order. */
  public static List<Finding> of(Repository repository, Topology topology) {
    List<Supplier<List<Finding>>> groups =
        List.of(
            () -> CopyChecks.of(repository),
            () -> ImageChecks.of(repository),
            () -> ImportChecks.of(repository),
            () -> RequirementChecks.of(repository),
            () -> PortChecks.of(repository, topology),
            () -> TreeChecks.of(repository),
            () -> FleetChecks.of(repository));
    return groups.parallelStream().map(Supplier::get).flatMap(List::stream).toList();
  }
}
