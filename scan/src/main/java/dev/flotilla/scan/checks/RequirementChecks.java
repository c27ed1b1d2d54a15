package dev.flotilla.scan.checks;

import dev.flotilla.scan.facts.Fact;
import dev.flotilla.scan.facts.FileFacts;
import dev.flotilla.scan.facts.FileFacts.Language;
import dev.flotilla.scan.graph.Repository;
import dev.flotilla.scan.rules.Confidence;
import dev.flotilla.scan.rules.Finding;
import dev.flotilla.scan.rules.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Requirements against imports, and against each other. */
final class RequirementChecks {
  private static final Pattern TOOLS =
      Pattern.compile(
          "pytest.*|black|flake8|ruff|mypy|isort|pylint|pre-commit|setuptools|wheel|pip|pip-tools|"
              + "build|twine|tox|coverage|gunicorn|uvicorn|sphinx.*|bandit|safety|.*-stubs|types-.*|"
              + "python-multipart|grpcio-tools|cython|ipykernel|jupyter.*|hypercorn|daphne|nvidia-.*|triton|xformers|accelerate|bitsandbytes|sentencepiece|protobuf|"
              + "torchvision|torchaudio|uvloop|httptools|greenlet|typing-extensions|hypothesis");

  private final Repository repository;
  private final List<Finding> findings = new ArrayList<>();

  private RequirementChecks(Repository repository) {
    this.repository = repository;
  }

  static List<Finding> of(Repository repository) {
    RequirementChecks checks = new RequirementChecks(repository);
    List<FileFacts> files =
        repository.files().stream()
            .filter(
                f ->
                    f.language() == Language.REQUIREMENTS
                        || f.language() == Language.PROJECT
                        || f.path().endsWith("setup.py"))
            .filter(f -> !repository.isBackup(f.path()))
            .toList();
    checks.missing(files);
    checks.unused(files);
    checks.skew(files);
    checks.includes(files);
    return checks.findings;
  }

  private void missing(List<FileFacts> files) {
    Set<String> declared = new HashSet<>();
    files.forEach(f -> f.of(Fact.Kind.REQUIREMENT).forEach(r -> declared.add(r.value(0))));
    if (declared.isEmpty()) {
      return;
    }
    Map<String, ThirdParty.Use> first = new TreeMap<>();
    Map<String, Integer> counts = new HashMap<>();
    for (FileFacts file : repository.living()) {
      if (file.path().endsWith("setup.py")) {
        continue;
      }
      ThirdParty.of(file, repository)
          .forEach(
              (name, use) -> {
                first.putIfAbsent(name, use);
                counts.merge(name, 1, Integer::sum);
              });
    }
    first.forEach(
        (name, use) -> {
          boolean provided = declared.stream().anyMatch(d -> Distributions.provides(d, name));
          if (!provided) {
            findings.add(
                Finding.of(
                    Rule.MISSING_REQUIREMENT,
                    Confidence.INFERRED,
                    use.file(),
                    use.line(),
                    "import "
                        + use.module()
                        + " needs "
                        + name
                        + ", which no requirements file lists ("
                        + counts.getOrDefault(name, 1)
                        + " files)"));
          }
        });
  }

  private void unused(List<FileFacts> files) {
    Map<String, Set<String>> usedBelow = new HashMap<>();
    for (FileFacts file : repository.python()) {
      if (repository.isBackup(file.path())) {
        continue;
      }
      Set<String> names = ThirdParty.of(file, repository).keySet();
      String folder = file.path();
      while (!folder.isEmpty()) {
        int slash = folder.lastIndexOf('/');
        folder = slash < 0 ? "" : folder.substring(0, slash);
        usedBelow.computeIfAbsent(folder, _ -> new HashSet<>()).addAll(names);
      }
    }
    for (FileFacts file : files) {
      String name = file.path().substring(file.path().lastIndexOf('/') + 1);
      if (name.matches(".*(?:lock|dev|test|constraints|docs).*")) {
        continue;
      }
      int slash = file.path().lastIndexOf('/');
      Set<String> used =
          usedBelow.getOrDefault(slash < 0 ? "" : file.path().substring(0, slash), Set.of());
      boolean code = !used.isEmpty();
      Set<String> everywhere = usedBelow.getOrDefault("", Set.of());
      for (Fact fact : file.of(Fact.Kind.REQUIREMENT).toList()) {
        String wanted = fact.value(0);
        Set<String> pool = code ? used : everywhere;
        boolean needed = pool.stream().anyMatch(u -> Distributions.provides(wanted, u));
        if (!needed && !TOOLS.matcher(wanted).matches() && !Distributions.standard(wanted)) {
          String where = code ? "below this folder" : "in this repository";
          findings.add(
              Finding.of(
                  Rule.UNUSED_REQUIREMENT,
                  Confidence.INFERRED,
                  file.path(),
                  fact.line(),
                  wanted + " is imported nowhere " + where));
        }
      }
    }
  }

  private void skew(List<FileFacts> files) {
    Map<String, Map<String, List<String>>> versions = new TreeMap<>();
    Map<String, Map.Entry<String, Integer>> places = new HashMap<>();
    for (FileFacts file : files) {
      for (Fact fact : file.of(Fact.Kind.REQUIREMENT).toList()) {
        if (fact.value(1).startsWith("==")) {
          versions
              .computeIfAbsent(fact.value(0), _ -> new TreeMap<>())
              .computeIfAbsent(fact.value(1).substring(2), _ -> new ArrayList<>())
              .add(file.path());
          places.putIfAbsent(fact.value(0), Map.entry(file.path(), fact.line()));
        }
      }
    }
    versions.forEach(
        (name, byVersion) -> {
          Map.Entry<String, Integer> place = places.get(name);
          if (byVersion.size() > 1 && place != null) {
            List<String> parts = new ArrayList<>();
            byVersion.forEach(
                (version, where) -> parts.add(version + " (" + shortened(where) + ")"));
            findings.add(
                Finding.of(
                    Rule.VERSION_SKEW,
                    Confidence.INFERRED,
                    place.getKey(),
                    place.getValue(),
                    name + " is pinned to " + String.join(", ", parts)));
          }
        });
  }

  private static String shortened(List<String> files) {
    Set<String> distinct = new TreeSet<>(files);
    String first = distinct.iterator().next();
    return distinct.size() == 1 ? first : first + " and " + (distinct.size() - 1) + " more";
  }

  private void includes(List<FileFacts> files) {
    Map<String, List<String>> edges = new TreeMap<>();
    for (FileFacts file : files) {
      List<String> to = new ArrayList<>();
      for (Fact fact : file.of(Fact.Kind.REQUIREMENT_INCLUDE).toList()) {
        int slash = file.path().lastIndexOf('/');
        String folder = slash < 0 ? "" : file.path().substring(0, slash + 1);
        String path =
            java.nio.file.Path.of(folder + fact.value(0)).normalize().toString().replace('\\', '/');
        if (fact.value(0).contains("://")) {
          continue;
        }
        if (repository.exists(path)) {
          to.add(path);
        } else {
          findings.add(
              Finding.of(
                  Rule.REQUIREMENT_PROBLEM,
                  Confidence.INFERRED,
                  file.path(),
                  fact.line(),
                  "includes " + fact.value(0) + ", which does not exist"));
        }
      }
      edges.put(file.path(), to);
    }
    edges.forEach(
        (file, to) -> {
          if (reaches(file, edges)) {
            findings.add(
                Finding.of(
                    Rule.REQUIREMENT_PROBLEM,
                    Confidence.INFERRED,
                    file,
                    line(file).orElse(1),
                    "includes itself through " + String.join(", ", to)));
          }
        });
  }

  private Optional<Integer> line(String file) {
    return repository.file(file).stream()
        .flatMap(f -> f.of(Fact.Kind.REQUIREMENT_INCLUDE))
        .map(Fact::line)
        .findFirst();
  }

  private static boolean reaches(String start, Map<String, List<String>> edges) {
    Set<String> seen = new HashSet<>();
    List<String> open = new ArrayList<>(edges.getOrDefault(start, List.of()));
    while (!open.isEmpty()) {
      String next = open.removeLast();
      if (next.equals(start)) {
        return true;
      }
      if (seen.add(next)) {
        open.addAll(edges.getOrDefault(next, List.of()));
      }
    }
    return false;
  }
}
