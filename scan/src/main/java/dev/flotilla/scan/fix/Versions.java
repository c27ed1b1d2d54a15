package dev.flotilla.scan.fix;

import dev.flotilla.scan.facts.Fact;
import dev.flotilla.scan.facts.FileFacts;
import dev.flotilla.scan.graph.Backups;
import dev.flotilla.scan.graph.Repository;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The versions that are known: those told by the user, else those the repository pins. */
final class Versions {
  private static final Pattern CLAUSE = Pattern.compile("(==|!=|>=|<=|>|<|~=)([\\w.*+!\\-]+)");
  private static final Pattern RELEASE = Pattern.compile("\\d+(?:\\.\\d+)*");

  private final Map<String, String> told;
  private final Map<String, Set<String>> pinned = new HashMap<>();

  Versions(Map<String, String> told, Repository repository) {
    this.told = told;
    for (FileFacts file : repository.files()) {
      if (Backups.contains(file.path())) {
        continue;
      }
      file.of(Fact.Kind.REQUIREMENT)
          .filter(f -> f.value(1).matches("==[^,*]+"))
          .forEach(
              f ->
                  pinned
                      .computeIfAbsent(f.value(0), _ -> new TreeSet<>())
                      .add(f.value(1).substring(2)));
    }
  }

  /** What is known of a distribution's version. */
  sealed interface Known {
    /** One version. */
    record One(String version) implements Known {}

    /** None that could be taken, and why. */
    record None(String why) implements Known {}
  }

  /** The one version of a distribution that a specifier allows. */
  Known of(String distribution, String specifier) {
    String version = told.get(distribution);
    if (version == null) {
      Set<String> all = pinned.getOrDefault(distribution, Set.of());
      if (all.size() != 1) {
        return new Known.None(
            all.isEmpty()
                ? "no version is known; give --constraints with what pip freeze says"
                : "the repository pins " + String.join(" and ", all));
      }
      version = all.iterator().next();
    }
    return allows(specifier, version)
        ? new Known.One(version)
        : new Known.None("the known version " + version + " is not " + specifier);
  }

  /** The one version, wherever one is known. */
  Optional<String> one(String distribution) {
    return of(distribution, "") instanceof Known.One(String version)
        ? Optional.of(version)
        : Optional.empty();
  }

  /** By PEP 440, for plain releases; whatever is more than that is not allowed. */
  static boolean allows(String specifier, String version) {
    if (specifier.isEmpty()) {
      return true;
    }
    for (String clause : specifier.split(",", -1)) {
      Matcher matcher = CLAUSE.matcher(clause.strip());
      if (!matcher.matches()
          || !RELEASE.matcher(version).matches()
          || !RELEASE.matcher(matcher.group(2)).matches()) {
        return false;
      }
      int order = compare(version, matcher.group(2));
      boolean holds =
          switch (matcher.group(1)) {
            case "==" -> order == 0;
            case "!=" -> order != 0;
            case ">=" -> order >= 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case "<" -> order < 0;
            default -> order >= 0 && compatible(version, matcher.group(2));
          };
      if (!holds) {
        return false;
      }
    }
    return true;
  }

  /** {@code ~=2.2} means at least 2.2 and of the series 2. */
  private static boolean compatible(String version, String least) {
    int dot = least.lastIndexOf('.');
    return dot > 0 && (version + ".").startsWith(least.substring(0, dot) + ".");
  }

  private static int compare(String a, String b) {
    String[] left = a.split("\\.", -1);
    String[] right = b.split("\\.", -1);
    for (int i = 0; i < Math.max(left.length, right.length); i++) {
      long x = i < left.length ? Long.parseLong(left[i]) : 0;
      long y = i < right.length ? Long.parseLong(right[i]) : 0;
      if (x != y) {
        return Long.compare(x, y);
      }
    }
    return 0;
  }
}
