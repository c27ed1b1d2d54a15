package dev.flotilla.scan;

import dev.flotilla.scan.checks.Checks;
import dev.flotilla.scan.facts.FileFacts;
import dev.flotilla.scan.graph.Repository;
import dev.flotilla.scan.rules.Confidence;
import dev.flotilla.scan.rules.Finding;
import dev.flotilla.scan.rules.Rule;
import dev.flotilla.scan.store.FactCache;
import dev.flotilla.scan.store.RuleSetVersion;
import dev.flotilla.scan.topology.Topology;
import dev.flotilla.scan.tree.SourceTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Scans a repository: files, facts, graph, rules, findings. */
public final class Scan {
  private Scan() {}

  /**
   * Runs a scan. The result depends on the files alone, not on threads or cache.
   *
   * @throws IOException when the root cannot be listed or the cache not be written
   */
  public static ScanResult run(ScanRequest request) throws IOException, InterruptedException {
    CompletableFuture<FactCache> cache = CompletableFuture.supplyAsync(() -> cache(request));
    SourceTree tree = SourceTree.list(request.root(), request.all());
    FactCollector.Collected collected = FactCollector.collect(request, tree, cache.join());
    List<FileFacts> files = collected.facts();
    Repository repository = new Repository(tree, files);
    Topology topology = Topology.of(repository);
    List<Finding> findings = new ArrayList<>();
    files.forEach(file -> findings.addAll(file.findings()));
    findings.addAll(Checks.of(repository, topology));
    for (String folder : tree.unreadable()) {
      findings.add(Finding.of(Rule.TOO_LARGE, Confidence.PARSED, folder, 0, "cannot be opened"));
    }
    List<Finding> kept = Silencing.apply(findings, files);
    Collections.sort(kept);
    return new ScanResult(repository, topology, List.copyOf(kept), collected.fresh());
  }

  private static FactCache cache(ScanRequest request) {
    return request
        .cache()
        .map(file -> FactCache.load(file, RuleSetVersion.current()))
        .orElse(FactCache.empty());
  }
}
