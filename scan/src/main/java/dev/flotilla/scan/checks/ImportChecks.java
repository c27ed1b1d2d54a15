package dev.flotilla.scan.checks;

import dev.flotilla.scan.facts.Examples;
import dev.flotilla.scan.facts.Fact;
import dev.flotilla.scan.facts.FileFacts;
import dev.flotilla.scan.facts.FileFacts.Language;
import dev.flotilla.scan.graph.Cycles;
import dev.flotilla.scan.graph.ImportGraph;
import dev.flotilla.scan.graph.Repository;
import dev.flotilla.scan.rules.Confidence;
import dev.flotilla.scan.rules.Finding;
import dev.flotilla.scan.rules.Rule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Import cycles, and modules nobody needs. */
final class ImportChecks {
  private ImportChecks() {}

  static List<Finding> of(Repository repository) {
    List<Finding> findings = new ArrayList<>();
    ImportGraph graph = repository.imports();
    for (Cycles.Component cycle : Cycles.of(graph.edges().keySet(), graph::atStart)) {
      String first = cycle.shortest().getFirst();
      String second = cycle.shortest().get(1 % cycle.shortest().size());
      ImportGraph.Edge edge = graph.edges().getOrDefault(first, Map.of()).get(second);
      int line = edge == null ? 0 : edge.line();
      String message =
          cycle.members().size()
              + " modules import each other; shortest circle "
              + String.join(" → ", cycle.shortest())
              + " → "
              + first
              + "; best cut: "
              + cycle.cutFrom()
              + " → "
              + cycle.cutTo();
      findings.add(Finding.of(Rule.IMPORT_CYCLE, Confidence.INFERRED, first, line, message));
    }
    dead(repository, findings);
    return findings;
  }

  private static void dead(Repository repository, List<Finding> findings) {
    Set<String> needed = new HashSet<>();
    repository.imports().edges().values().forEach(to -> needed.addAll(to.keySet()));
    Set<String> named = new HashSet<>();
    for (FileFacts file : repository.files()) {
      file.of(Fact.Kind.SCRIPT_REFERENCE).forEach(f -> named.add(name(f.value(0))));
      if (file.language() == Language.DOCKERFILE) {
        file.of(Fact.Kind.DOCKER)
            .forEach(
                f -> {
                  for (String word : f.value(1).split("[\\s\",\\[\\]]+", -1)) {
                    if (word.endsWith(".py")) {
                      named.add(name(word));
                    }
                  }
                });
      }
    }
    repository.agents().inForce().forEach(a -> named.add(name(a.script())));
    repository.agents().mentioned().forEach(a -> named.add(name(a.script())));
    for (FileFacts file : repository.living()) {
      String path = file.path();
      boolean main = file.of(Fact.Kind.TRAIT).anyMatch(f -> f.value(0).equals("main"));
      boolean defines = file.has(Fact.Kind.CLASS) || file.has(Fact.Kind.FUNCTION);
      if (defines
          && !main
          && !needed.contains(path)
          && !Examples.contains(path)
          && !named.contains(name(path))
          && !path.endsWith("__init__.py")
          && !path.endsWith("setup.py")
          && path.endsWith(".py")) {
        findings.add(
            Finding.of(
                Rule.DEAD_MODULE,
                Confidence.INFERRED,
                path,
                0,
                "nothing imports, starts or names it"));
      }
    }
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
