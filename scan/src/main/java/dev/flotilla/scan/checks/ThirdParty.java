package dev.flotilla.scan.checks;

import dev.flotilla.scan.facts.Fact;
import dev.flotilla.scan.facts.FileFacts;
import dev.flotilla.scan.graph.Repository;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What a file imports that neither it nor Python brings along. */
public final class ThirdParty {
  private static final Distributions DISTRIBUTIONS = new Distributions();

  /** Names that every repository has and no distribution: of another source root, or gone. */
  private static final Set<String> COMMON =
      Set.of(
          "utils", "config", "common", "core", "helpers", "src", "lib", "app", "agents", "tests");

  private ThirdParty() {}

  /**
   * An import of such a thing.
   *
   * @param module its top-level module
   */
  public record Use(String file, int line, String module) {}

  /** The third-party distributions a file imports, by normalised name, each with its first use. */
  public static Map<String, Use> of(FileFacts file, Repository repository) {
    return of(file, repository, _ -> true);
  }

  /** Of them those without which it cannot be loaded. */
  static Map<String, Use> atStart(FileFacts file, Repository repository) {
    return of(file, repository, fact -> fact.value(2).equals("runtime") && fact.value(3).isEmpty());
  }

  private static Map<String, Use> of(
      FileFacts file, Repository repository, Predicate<Fact> counts) {
    Map<String, Use> result = new TreeMap<>();
    file.of(Fact.Kind.IMPORT)
        .filter(counts)
        .forEach(
            fact -> {
              String module = fact.value(0);
              int dot = module.indexOf('.');
              String first = dot < 0 ? module : module.substring(0, dot);
              if (!module.startsWith(".")
                  && !first.isEmpty()
                  && !Distributions.standard(first)
                  && !COMMON.contains(first)
                  && !repository.modules().isOwn(file.path(), module)) {
                result.putIfAbsent(
                    DISTRIBUTIONS.of(first), new Use(file.path(), fact.line(), first));
              }
            });
    return result;
  }
}
