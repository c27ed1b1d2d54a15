package dev.flotilla.scan.graph;

import dev.flotilla.scan.facts.Fact;
import dev.flotilla.scan.facts.FileFacts;
import dev.flotilla.scan.facts.FileFacts.Language;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who imports whom within the repository.
 *
 * @param edges by importing file, then by imported file; of several imports the weightiest counts
 */
public record ImportGraph(Map<String, Map<String, Edge>> edges) {

  /** What an import means: only the first is there when the module starts. */
  public enum Kind {
    RUNTIME,
    LOCAL,
    TYPING
  }

  /**
   * An import.
   *
   * @param line where it stands
   */
  public record Edge(Kind kind, int line) {}

  static ImportGraph of(List<FileFacts> files, Modules modules) {
    Map<String, Map<String, Edge>> edges = new TreeMap<>();
    files.parallelStream()
        .filter(file -> file.language() == Language.PYTHON)
        .map(file -> Map.entry(file.path(), of(file, modules)))
        .toList()
        .forEach(entry -> edges.put(entry.getKey(), entry.getValue()));
    return new ImportGraph(edges);
  }

  private static Map<String, Edge> of(FileFacts file, Modules modules) {
    Map<String, Edge> own = new TreeMap<>();
    file.of(Fact.Kind.IMPORT).forEach(fact -> add(file.path(), fact, modules, own));
    own.remove(file.path());
    return own;
  }

  private static void add(String from, Fact fact, Modules modules, Map<String, Edge> own) {
    Kind kind =
        switch (fact.value(2)) {
          case "typing" -> Kind.TYPING;
          case "local" -> Kind.LOCAL;
          default -> Kind.RUNTIME;
        };
    Edge edge = new Edge(kind, fact.line());
    String module = fact.value(0);
    boolean several = !fact.value(1).isEmpty();
    boolean whole = !several;
    if (several) {
      String separator = module.endsWith(".") ? "" : ".";
      for (String name : fact.value(1).split(",", -1)) {
        Optional<String> submodule = modules.file(from, module + separator + name);
        if (submodule.isPresent()) {
          put(own, submodule.get(), edge);
        } else {
          whole = true;
        }
      }
    }
    if (whole) {
      modules.file(from, module).ifPresent(to -> put(own, to, edge));
    }
  }

  private static void put(Map<String, Edge> own, String to, Edge edge) {
    own.merge(to, edge, (a, b) -> a.kind().compareTo(b.kind()) <= 0 ? a : b);
  }

  /** The files a file imports when it starts. */
  public List<String> atStart(String file) {
    List<String> result = new ArrayList<>();
    edges
        .getOrDefault(file, Map.of())
        .forEach(
            (to, edge) -> {
              if (edge.kind() == Kind.RUNTIME) {
                result.add(to);
              }
            });
    return result;
  }

  /** How many files import each file, most imported first. */
  public Map<String, Integer> popularity() {
    Map<String, Integer> counts = new TreeMap<>();
    edges.values().forEach(to -> to.keySet().forEach(f -> counts.merge(f, 1, Integer::sum)));
    Map<String, Integer> sorted = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .forEach(e -> sorted.put(e.getKey(), e.getValue()));
    return sorted;
  }

  /** The files that a file needs, itself included, through all its imports. */
  public TreeSet<String> closure(String file) {
    TreeSet<String> seen = new TreeSet<>();
    List<String> open = new ArrayList<>(List.of(file));
    while (!open.isEmpty()) {
      String next = open.removeLast();
      if (seen.add(next)) {
        open.addAll(edges.getOrDefault(next, Map.of()).keySet());
      }
    }
    return seen;
  }
}
