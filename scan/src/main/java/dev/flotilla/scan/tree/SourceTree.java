package dev.flotilla.scan.tree;

import dev.flotilla.scan.tree.IgnoreRules.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The files under a root, sorted by path. Symbolic links are not followed, so that no link makes a
 * circle; folders that cannot be read are listed, not fatal.
 *
 * @param files what is there
 * @param unreadable folders that could not be read
 */
public record SourceTree(List<SourceFile> files, List<String> unreadable) {
  private static final Set<String> NEVER = Set.of(".git", ".hg", ".svn");
  private static final Set<String> USUALLY_NOT =
      Set.of(
          "node_modules", "__pycache__", ".venv", "venv", "site-packages", ".tox", ".mypy_cache");

  /**
   * One file.
   *
   * @param path relative to the root, with {@code /}
   * @param size in bytes
   * @param modified nanoseconds since 1970
   */
  public record SourceFile(String path, long size, long modified) {}

  private record Rules(String folder, IgnoreRules rules) {}

  /** Lists a tree; with {@code all} also what git ignores. */
  public static SourceTree list(Path root, boolean all) throws IOException {
    List<SourceFile> files = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    walk(root, "", all, List.of(), files, unreadable);
    files.sort((a, b) -> a.path().compareTo(b.path()));
    return new SourceTree(files, unreadable);
  }

  private static void walk(
      Path folder,
      String prefix,
      boolean all,
      List<Rules> outer,
      List<SourceFile> files,
      List<String> unreadable)
      throws IOException {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(children::add);
    } catch (IOException e) {
      if (prefix.isEmpty()) {
        throw e;
      }
      unreadable.add(prefix);
      return;
    }
    List<Rules> rules = outer;
    Path ignore = folder.resolve(".gitignore");
    if (!all && Files.isRegularFile(ignore, LinkOption.NOFOLLOW_LINKS)) {
      rules = new ArrayList<>(outer);
      List<String> lines =
          new String(Files.readAllBytes(ignore), StandardCharsets.ISO_8859_1).lines().toList();
      rules.add(new Rules(prefix, IgnoreRules.parse(lines)));
    }
    for (Path child : children) {
      String name = child.getFileName().toString();
      String path = prefix.isEmpty() ? name : prefix + "/" + name;
      BasicFileAttributes attributes;
      try {
        attributes =
            Files.readAttributes(child, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      } catch (IOException e) {
        unreadable.add(path);
        continue;
      }
      boolean directory = attributes.isDirectory();
      if (NEVER.contains(name) || (!all && ignored(path, name, directory, rules))) {
        continue;
      }
      if (directory) {
        walk(child, path, all, rules, files, unreadable);
      } else if (attributes.isRegularFile()) {
        files.add(
            new SourceFile(
                path, attributes.size(), attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS)));
      }
    }
  }

  private static boolean ignored(String path, String name, boolean directory, List<Rules> rules) {
    if (directory && USUALLY_NOT.contains(name)) {
      return true;
    }
    for (int i = rules.size() - 1; i >= 0; i--) {
      Rules own = rules.get(i);
      String below = own.folder.isEmpty() ? path : path.substring(own.folder.length() + 1);
      Verdict verdict = own.rules.judge(below, directory);
      if (verdict != Verdict.SILENT) {
        return verdict == Verdict.IGNORED;
      }
    }
    return false;
  }
}
