package dev.flotilla.scan.graph;

import dev.flotilla.scan.facts.Fact;
import dev.flotilla.scan.facts.FileFacts;
import dev.flotilla.scan.facts.FileFacts.Language;
import dev.flotilla.scan.tree.SourceTree;
import dev.flotilla.scan.tree.SourceTree.SourceFile;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All facts together, with what can be looked up in them. Made once a scan; never changes, so that
 * any thread may ask.
 */
public final class Repository {
  private final List<FileFacts> files;
  private final List<FileFacts> python;
  private final List<FileFacts> living;
  private final Map<String, FileFacts> byPath = new HashMap<>();
  private final Set<String> paths = new HashSet<>();
  private final SourceTree tree;
  private final Modules modules;
  private final ImportGraph imports;
  private final Agents agents;
  private final Map<String, Boolean> backups = new ConcurrentHashMap<>();

  /**
   * @param tree every file of the repository, also those without facts
   * @param files sorted by path
   */
  public Repository(SourceTree tree, List<FileFacts> files) {
    this.tree = tree;
    this.files = List.copyOf(files);
    python = files.stream().filter(f -> f.language() == Language.PYTHON).toList();
    living = python.stream().filter(f -> !isBackup(f.path()) && !isTest(f.path())).toList();
    for (SourceFile file : tree.files()) {
      paths.add(file.path());
    }
    for (FileFacts file : files) {
      byPath.put(file.path(), file);
    }
    modules = new Modules(files);
    imports = ImportGraph.of(files, modules);
    agents = Agents.of(this);
  }

  /** The facts of all files, sorted by path. */
  public List<FileFacts> files() {
    return files;
  }

  /** The Python files, sorted by path. */
  public List<FileFacts> python() {
    return python;
  }

  /** The Python files that are neither backups nor tests. */
  public List<FileFacts> living() {
    return living;
  }

  /** Every file, also those without facts. */
  public SourceTree tree() {
    return tree;
  }

  /** Whether a file of that path is there. */
  public boolean exists(String path) {
    return paths.contains(path);
  }

  /** The facts of a file. */
  public Optional<FileFacts> file(String path) {
    return Optional.ofNullable(byPath.get(path));
  }

  /** Which file a module name means. */
  public Modules modules() {
    return modules;
  }

  /** Who imports whom. */
  public ImportGraph imports() {
    return imports;
  }

  /** The agents that configurations name. */
  public Agents agents() {
    return agents;
  }

  /** Whether a path is a copy from another time. */
  public boolean isBackup(String path) {
    return backups.computeIfAbsent(path, Backups::contains);
  }

  /** Whether a path is a test. */
  public static boolean isTest(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.startsWith("test_")
        || name.endsWith("_test.py")
        || name.equals("conftest.py")
        || path.startsWith("tests/")
        || path.startsWith("test/")
        || path.contains("/tests/")
        || path.contains("/test/");
  }

  /** The value of a constant at the top of a module's file. */
  public Optional<String> constant(String path, String name) {
    return file(path).stream()
        .flatMap(f -> f.of(Fact.Kind.CONSTANT))
        .filter(fact -> fact.value(0).equals(name))
        .map(fact -> fact.value(1))
        .findFirst();
  }
}
