package dev.flotilla.scan.fix;

import dev.flotilla.scan.fix.FixPlan.Left;
import dev.flotilla.scan.graph.Repository;
import dev.flotilla.scan.python.PythonSource;
import dev.flotilla.scan.rules.Finding;
import dev.flotilla.scan.rules.Rule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Collects what is to be done, file by file, and holds it to what is safe. Use once. */
final class Workbench {
  private final Path root;
  private final Repository repository;
  private final Map<String, Optional<String>> texts = new HashMap<>();
  private final Map<String, Optional<PythonSource>> trees = new HashMap<>();
  private final Map<String, List<Replacement>> replacements = new TreeMap<>();
  private final Map<String, Set<String>> imports = new HashMap<>();
  private final List<Change> whole = new ArrayList<>();
  private final List<Left> left = new ArrayList<>();

  Workbench(Path root, Repository repository) {
    this.root = root;
    this.repository = repository;
  }

  Repository repository() {
    return repository;
  }

  /** The text of a file that can be written back to the byte. */
  Optional<String> text(String path) throws IOException {
    Optional<String> known = texts.get(path);
    if (known == null) {
      known = SourceText.read(root.resolve(path));
      texts.put(path, known);
    }
    return known;
  }

  /** The tree of a file that parses and can be written back. */
  Optional<PythonSource> tree(String path) throws IOException, InterruptedException {
    Optional<PythonSource> known = trees.get(path);
    if (known == null) {
      Optional<String> text = text(path);
      known =
          text.isEmpty()
              ? Optional.empty()
              : Optional.of(SourceText.parse(text.get())).filter(t -> t.problem().isEmpty());
      trees.put(path, known);
    }
    return known;
  }

  void replace(String path, Replacement replacement) {
    replacements.computeIfAbsent(path, _ -> new ArrayList<>()).add(replacement);
  }

  /** The file needs this import, such as {@code import os}. */
  void needsImport(String path, String statement) {
    imports.computeIfAbsent(path, _ -> new TreeSet<>()).add(statement);
  }

  void add(Change change) {
    whole.add(change);
  }

  void leave(Finding finding, String why) {
    left.add(new Left(finding.rule(), finding.file(), finding.line(), why));
  }

  FixPlan plan() throws IOException, InterruptedException {
    List<Change> changes = new ArrayList<>(whole);
    for (Map.Entry<String, List<Replacement>> entry : replacements.entrySet()) {
      edit(entry.getKey(), entry.getValue()).ifPresent(changes::add);
    }
    changes.sort(Comparator.comparing(Change::path));
    left.sort(Comparator.comparing(Left::file).thenComparingInt(Left::line));
    return new FixPlan(List.copyOf(changes), List.copyOf(left));
  }

  private Optional<Change> edit(String path, List<Replacement> wanted)
      throws IOException, InterruptedException {
    String before = text(path).orElseThrow();
    List<Replacement> sorted = new ArrayList<>(wanted);
    sorted.sort(Comparator.comparingInt(Replacement::start).thenComparingInt(Replacement::end));
    StringBuilder after = new StringBuilder();
    Set<Rule> rules = EnumSet.noneOf(Rule.class);
    Set<String> places = new TreeSet<>();
    int at = 0;
    for (Replacement each : withImports(path, sorted)) {
      if (each.start() < at) {
        return dropped(path, sorted, "the changes overlap");
      }
      after.append(before, at, each.start()).append(each.text());
      at = each.end();
      rules.add(each.rule());
      places.add(each.rule().id() + ":" + each.line());
    }
    String text = after.append(before, at, before.length()).toString();
    if (path.endsWith(".py") && SourceText.parse(text).problem().isPresent()) {
      return dropped(path, sorted, "the changed file would not parse");
    }
    return text.equals(before)
        ? Optional.empty()
        : Optional.of(new Change.Edit(path, before, text, rules, places.size()));
  }

  private List<Replacement> withImports(String path, List<Replacement> sorted)
      throws IOException, InterruptedException {
    Set<String> needed = imports.getOrDefault(path, Set.of());
    if (needed.isEmpty()) {
      return sorted;
    }
    PythonSource tree = tree(path).orElseThrow();
    Place place = new Place(text(path).orElseThrow());
    StringBuilder lines = new StringBuilder();
    for (String statement : needed) {
      if (!Imports.has(tree, statement)) {
        lines.append(statement).append(place.newline());
      }
    }
    int at = Imports.place(tree, place);
    Replacement first = sorted.getFirst();
    List<Replacement> result = new ArrayList<>(sorted);
    result.add(new Replacement(at, at, lines.toString(), first.rule(), first.line()));
    result.sort(Comparator.comparingInt(Replacement::start).thenComparingInt(Replacement::end));
    return result;
  }

  private Optional<Change> dropped(String path, List<Replacement> all, String why) {
    all.forEach(each -> left.add(new Left(each.rule(), path, each.line(), why)));
    return Optional.empty();
  }
}
