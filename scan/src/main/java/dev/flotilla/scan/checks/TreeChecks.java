package dev.flotilla.scan.checks;

import dev.flotilla.scan.facts.FileFacts;
import dev.flotilla.scan.facts.FileFacts.Language;
import dev.flotilla.scan.graph.Backups;
import dev.flotilla.scan.graph.Repository;
import dev.flotilla.scan.rules.Confidence;
import dev.flotilla.scan.rules.Finding;
import dev.flotilla.scan.rules.Rule;
import dev.flotilla.scan.tree.SourceTree.SourceFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Files that should not be there, and build contexts. */
final class TreeChecks {
  private static final long LARGE = 200L << 20;

  private TreeChecks() {}

  static List<Finding> of(Repository repository) {
    List<Finding> findings = new ArrayList<>();
    Map<String, Long> sizes = new HashMap<>();
    for (SourceFile file : repository.tree().files()) {
      String path = file.path();
      boolean code =
          path.matches(
              ".*\\.(?:py|ya?ml|json|txt|sh|toml|cfg)(?:[._~\\-].*)?$|.*(?i:backup|\\.bak|\\.deprecated).*");
      if (code && Backups.contains(path) && !path.startsWith("archive/")) {
        findings.add(
            Finding.of(
                Rule.BACKUP_FILE, Confidence.PARSED, path, 0, "a backup in the living tree"));
      }
      String folder = path;
      while (folder.indexOf('/') >= 0) {
        folder = folder.substring(0, folder.lastIndexOf('/'));
        sizes.merge(folder, file.size(), Long::sum);
      }
      sizes.merge("", file.size(), Long::sum);
    }
    for (FileFacts file : repository.files()) {
      if (file.language() == Language.DOCKERFILE && !Backups.contains(file.path())) {
        context(file, repository, sizes, findings);
      }
    }
    return findings;
  }

  private static void context(
      FileFacts file, Repository repository, Map<String, Long> sizes, List<Finding> findings) {
    int slash = file.path().lastIndexOf('/');
    String folder = slash < 0 ? "" : file.path().substring(0, slash);
    boolean ignored =
        repository.exists(".dockerignore")
            || repository.exists(folder + "/.dockerignore")
            || repository.exists(file.path() + ".dockerignore");
    if (!ignored) {
      findings.add(
          Finding.of(
              Rule.DOCKER_NO_IGNORE,
              Confidence.INFERRED,
              file.path(),
              0,
              "no .dockerignore applies to it"));
      long size = sizes.getOrDefault(folder, 0L);
      if (size > LARGE) {
        findings.add(
            Finding.of(
                Rule.BUILD_CONTEXT,
                Confidence.INFERRED,
                file.path(),
                0,
                "its folder has " + (size >> 20) + " MiB"));
      }
    }
  }
}
