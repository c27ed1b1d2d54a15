package dev.flotilla.scan.checks;

import dev.flotilla.scan.facts.FileFacts;
import dev.flotilla.scan.facts.FileFacts.Language;
import dev.flotilla.scan.graph.Repository;
import dev.flotilla.scan.rules.Confidence;
import dev.flotilla.scan.rules.Finding;
import dev.flotilla.scan.rules.Rule;
import dev.flotilla.scan.tree.SourceTree.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Files that should not be there, and build contexts. */
final class TreeChecks {
  private static final long LARGE = 200L << 20;
  private static final Pattern CODE =
      Pattern.compile(
          ".*\\.(?:py|ya?ml|json|txt|sh|toml|cfg)(?:[._~\\-].*)?$|.*(?i:backup|\\.bak|\\.deprecated).*");

  private TreeChecks() {}

  static List<Finding> of(Repository repository) {
    List<Finding> findings = new ArrayList<>();
    for (SourceFile file : repository.tree().files()) {
      String path = file.path();
      if (repository.isBackup(path)
          && !path.startsWith("archive/")
          && CODE.matcher(path).matches()) {
        findings.add(
            Finding.of(
                Rule.BACKUP_FILE, Confidence.PARSED, path, 0, "a backup in the living tree"));
      }
    }
    for (FileFacts file : repository.files()) {
      if (file.language() == Language.DOCKERFILE && !repository.isBackup(file.path())) {
        context(file, repository, findings);
      }
    }
    return findings;
  }

  private static void context(FileFacts file, Repository repository, List<Finding> findings) {
    int slash = file.path().lastIndexOf('/');
    String folder = slash < 0 ? "" : file.path().substring(0, slash + 1);
    boolean ignored =
        repository.exists(".dockerignore")
            || repository.exists(folder + ".dockerignore")
            || repository.exists(file.path() + ".dockerignore");
    if (!ignored) {
      findings.add(
          Finding.of(
              Rule.DOCKER_NO_IGNORE,
              Confidence.INFERRED,
              file.path(),
              0,
              "no .dockerignore applies to it"));
      long size =
          repository.tree().files().stream()
              .filter(f -> f.path().startsWith(folder))
              .mapToLong(SourceFile::size)
              .sum();
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
