package dev.flotilla.scan.fix;

import dev.flotilla.scan.checks.Distributions;
import dev.flotilla.scan.checks.ThirdParty;
import dev.flotilla.scan.facts.Fact;
import dev.flotilla.scan.facts.FileFacts;
import dev.flotilla.scan.facts.FileFacts.Language;
import dev.flotilla.scan.graph.Backups;
import dev.flotilla.scan.graph.Repository;
import dev.flotilla.scan.rules.Finding;
import dev.flotilla.scan.rules.Rule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Mends requirements files: lines out, versions in, what is imported in. */
final class RequirementFix {
  private static final Pattern NAMED =
      Pattern.compile("^(\\s*[\\w.\\-]+\\s*(?:\\[[^\\]]*])?\\s*)([^;#\\s][^;#]*?)?(\\s*(?:;|#|$))");

  private final Workbench bench;
  private final Versions versions;
  private final Set<String> gone = new HashSet<>();
  private final Map<String, ThirdParty.Use> used = new HashMap<>();
  private final Map<String, Integer> declared = new HashMap<>();

  RequirementFix(Workbench bench, Versions versions) {
    this.bench = bench;
    this.versions = versions;
    Repository repository = bench.repository();
    for (FileFacts file : repository.living()) {
      ThirdParty.of(file, repository).forEach(used::putIfAbsent);
    }
    for (FileFacts file : repository.files()) {
      if (!Backups.contains(file.path())) {
        file.of(Fact.Kind.REQUIREMENT).forEach(f -> declared.merge(f.value(0), 1, Integer::sum));
      }
    }
  }

  /** A requirement and the lines it takes up. */
  private record Entry(Fact fact, String text, int from, int to) {}

  void plan(Finding finding) throws IOException {
    Rule rule = finding.rule();
    if (rule == Rule.MISSING_REQUIREMENT) {
      missing(finding);
      return;
    }
    Optional<Entry> found = entry(finding);
    if (found.isEmpty()) {
      bench.leave(finding, "only lines of requirements files in UTF-8 are changed");
      return;
    }
    Entry entry = found.get();
    switch (rule) {
      case UNUSED_REQUIREMENT -> {
        String name = entry.fact.value(0);
        ThirdParty.Use elsewhere = used.get(name);
        if (elsewhere != null && declared.getOrDefault(name, 0) < 2) {
          bench.leave(finding, "it is the only line for it, and code elsewhere imports it");
        } else if (remove(finding, entry)) {
          declared.merge(name, -1, Integer::sum);
        }
      }
      case STDLIB_REQUIREMENT -> {
        if (entry.fact.value(2).isEmpty()) {
          remove(finding, entry);
        } else {
          bench.leave(finding, "it is there for old Pythons only: ; " + entry.fact.value(2));
        }
      }
      case DUPLICATE_REQUIREMENT -> duplicate(finding, entry);
      case UNPINNED -> pin(finding, entry);
      default -> throw new IllegalArgumentException(rule.id());
    }
  }

  private Optional<Entry> entry(Finding finding) throws IOException {
    Optional<FileFacts> file =
        bench
            .repository()
            .file(finding.file())
            .filter(f -> f.language() == Language.REQUIREMENTS && !Backups.contains(f.path()));
    Optional<String> text = bench.text(finding.file());
    if (file.isEmpty() || text.isEmpty()) {
      return Optional.empty();
    }
    return file.get()
        .of(Fact.Kind.REQUIREMENT)
        .filter(f -> f.line() == finding.line())
        .findFirst()
        .map(fact -> entry(fact, text.get()));
  }

  private static Entry entry(Fact fact, String text) {
    Place place = new Place(text);
    int last = fact.line();
    while (line(text, place, last).stripTrailing().endsWith("\\")) {
      last++;
    }
    return new Entry(fact, text, place.start(fact.line()), place.start(last + 1));
  }

  private static String line(String text, Place place, int number) {
    return text.substring(place.start(number), place.start(number + 1));
  }

  private boolean remove(Finding finding, Entry entry) {
    boolean fresh = gone.add(finding.file() + ":" + entry.fact.line());
    if (fresh) {
      bench.replace(
          finding.file(),
          new Replacement(entry.from, entry.to, "", finding.rule(), finding.line()));
    }
    return fresh;
  }

  /** Of two lines that agree one goes; when only one names a version it is the other one. */
  private void duplicate(Finding finding, Entry later) {
    FileFacts file = bench.repository().file(finding.file()).orElseThrow();
    Fact fact = later.fact;
    Optional<Fact> first =
        file.of(Fact.Kind.REQUIREMENT)
            .filter(f -> f.line() < fact.line() && f.value(0).equals(fact.value(0)))
            .filter(f -> f.value(2).equals(fact.value(2)))
            .filter(f -> !gone.contains(finding.file() + ":" + f.line()))
            .findFirst();
    if (first.isEmpty()) {
      return;
    }
    boolean extras = first.get().value(3).equals(fact.value(3));
    if (extras && (fact.value(1).isEmpty() || fact.value(1).equals(first.get().value(1)))) {
      remove(finding, later);
    } else if (extras && first.get().value(1).isEmpty()) {
      remove(finding, entry(first.get(), later.text));
    } else {
      bench.leave(
          finding, "the two lines differ: " + first.get().value(1) + " and " + fact.value(1));
    }
  }

  private void pin(Finding finding, Entry entry) {
    if (gone.contains(finding.file() + ":" + finding.line())) {
      return;
    }
    Matcher matcher = NAMED.matcher(entry.text.substring(entry.from, entry.to).stripTrailing());
    if (!matcher.find()) {
      bench.leave(finding, "its line is too unusual to change");
      return;
    }
    switch (versions.of(entry.fact.value(0), entry.fact.value(1))) {
      case Versions.Known.None(String why) -> bench.leave(finding, why);
      case Versions.Known.One(String version) -> {
        int from = entry.from + matcher.group(1).stripTrailing().length();
        int to = entry.from + matcher.start(3);
        bench.replace(
            finding.file(),
            new Replacement(from, to, "==" + version, finding.rule(), finding.line()));
      }
    }
  }

  private void missing(Finding finding) throws IOException {
    Repository repository = bench.repository();
    Optional<Map.Entry<String, ThirdParty.Use>> use =
        repository.file(finding.file()).stream()
            .flatMap(f -> ThirdParty.of(f, repository).entrySet().stream())
            .filter(e -> e.getValue().line() == finding.line())
            .filter(e -> finding.message().contains(" needs " + e.getKey() + ","))
            .findFirst();
    if (use.isEmpty()) {
      bench.leave(finding, "its import was not found again");
      return;
    }
    String name = use.get().getKey();
    Optional<String> target = nearest(finding.file());
    if (!Distributions.known(use.get().getValue().module())) {
      bench.leave(
          finding, "which distribution brings " + name + " would be a guess; add it by hand");
    } else if (target.isEmpty() || bench.text(target.get()).isEmpty()) {
      bench.leave(finding, "there is no requirements.txt above it");
    } else {
      String text = bench.text(target.get()).get();
      String newline = new Place(text).newline();
      String before = text.isEmpty() || text.endsWith("\n") ? "" : newline;
      bench.replace(
          target.get(),
          new Replacement(
              text.length(),
              text.length(),
              before + requirement(name) + newline,
              finding.rule(),
              finding.line()));
    }
  }

  private String requirement(String name) {
    return name + versions.one(name).map(v -> "==" + v).orElse("");
  }

  /** The requirements file that applies to a file: the one in the nearest folder above it. */
  private Optional<String> nearest(String file) {
    String folder = file;
    while (!folder.isEmpty()) {
      int slash = folder.lastIndexOf('/');
      folder = slash < 0 ? "" : folder.substring(0, slash);
      String path = folder.isEmpty() ? "requirements.txt" : folder + "/requirements.txt";
      if (bench.repository().exists(path)) {
        return Optional.of(path);
      }
    }
    return Optional.empty();
  }

  /** A requirements file of what the Python files below a folder import. */
  void generate(String folder) throws IOException {
    Repository repository = bench.repository();
    String prefix = folder.isEmpty() ? "" : folder + "/";
    Map<String, ThirdParty.Use> used = new TreeMap<>();
    for (FileFacts file : repository.living()) {
      if (file.path().startsWith(prefix)) {
        ThirdParty.of(file, repository).forEach(used::putIfAbsent);
      }
    }
    String path = prefix + "requirements.txt";
    if (repository.exists(path) || used.isEmpty()) {
      return;
    }
    StringBuilder text = new StringBuilder("# What the Python files of this folder import.\n");
    List<String> guesses = new ArrayList<>();
    used.forEach(
        (name, use) -> {
          if (Distributions.known(use.module())) {
            text.append(requirement(name)).append('\n');
          } else {
            guesses.add("# " + name + "  (" + use.file() + ":" + use.line() + ")\n");
          }
        });
    if (!guesses.isEmpty()) {
      text.append("\n# Which distribution brings these is not known:\n");
      guesses.forEach(text::append);
    }
    bench.add(
        new Change.Create(
            path, text.toString(), EnumSet.of(Rule.MISSING_REQUIREMENT), used.size()));
  }
}
