package dev.flotilla.scan.inventory;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who changed what last, from git; nothing where there is no git or no repository. */
public final class GitHistory {
  private GitHistory() {}

  /**
   * A file's last change.
   *
   * @param date of the commit, year first
   */
  public record Change(String date, String author) {}

  /** The last change of every file below a folder. */
  public static Map<String, Change> of(Path root) throws IOException, InterruptedException {
    Map<String, Change> result = new HashMap<>();
    Change current = new Change("", "");
    for (String line :
        git(
            root,
            "log",
            "--no-renames",
            "--relative",
            "--name-only",
            "--date=short",
            "--format=%x01%ad%x01%an")) {
      if (line.startsWith("\u0001")) {
        String[] parts = line.split("\u0001", -1);
        current = new Change(parts[1], parts[2]);
      } else if (!line.isEmpty()) {
        result.putIfAbsent(line, current);
      }
    }
    return result;
  }

  /** The files that differ from a revision, or are new. */
  public static Set<String> changedSince(Path root, String revision)
      throws IOException, InterruptedException {
    Set<String> result =
        new HashSet<>(git(root, "diff", "--name-only", "--relative", revision, "--"));
    result.addAll(git(root, "ls-files", "--others", "--exclude-standard"));
    return result;
  }

  /** Whether git knows this revision here. */
  public static boolean knows(Path root, String revision) throws IOException, InterruptedException {
    return !git(root, "rev-parse", "--verify", "--quiet", revision + "^{commit}").isEmpty();
  }

  /** The address of the remote {@code origin}. */
  public static Optional<String> remote(Path root) throws IOException, InterruptedException {
    return git(root, "remote", "get-url", "origin").stream().findFirst();
  }

  private static List<String> git(Path root, String... arguments)
      throws IOException, InterruptedException {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    List<String> command = new java.util.ArrayList<>(List.of("git", "-c", "core.quotepath=off"));
    command.addAll(List.of(arguments));
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(root.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      return List.of();
    }
    List<String> lines;
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      lines = reader.lines().toList();
    }
    return process.waitFor() == 0 ? lines : List.of();
  }
}
