package dev.flotilla.scan;

import dev.flotilla.scan.graph.Repository;
import dev.flotilla.scan.rules.Finding;
import dev.flotilla.scan.topology.Topology;
import java.util.List;

/**
 * What a scan found.
 *
 * @param findings in the order of reports
 * @param read how many files were read anew; the rest came from the cache
 */
public record ScanResult(
    Repository repository, Topology topology, List<Finding> findings, int read) {}
