package dev.flotilla.plan.desk;

import dev.flotilla.plan.Hashes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Asks the {@code git} command; without git, or outside a repository, answers are empty. */
public final class GitRepository implements Repository {
  private final Path folder;
  private final Path plans;

  /**
   * @param folder any folder of the working tree
   * @param plans the folder of the plans, which does not count
   */
  public GitRepository(Path folder, Path plans) {
    this.folder = folder;
    this.plans = plans;
  }

  @Override
  public String commit() {
    return inside() ? git("rev-parse", "HEAD").strip() : "";
  }

  @Override
  public String fingerprint() {
    String commit = commit();
    if (commit.isEmpty()) {
      return "";
    }
    String except = ":(exclude)" + folder.toAbsolutePath().relativize(plans.toAbsolutePath());
    String changed = git("diff", "HEAD", "--binary", "--", ".", except);
    String fresh = git("ls-files", "--others", "--exclude-standard", "-z", "--", ".", except);
    StringBuilder all = new StringBuilder(commit).append(Hashes.of(changed));
    for (String name : fresh.split("\0")) {
      if (!name.isEmpty()) {
        all.append(name).append(contents(folder.resolve(name)));
      }
    }
    return Hashes.of(all.toString()).substring(0, 16);
  }

  private static String contents(Path file) {
    try {
      return Hashes.of(Files.readAllBytes(file));
    } catch (IOException e) {
      return "unreadable";
    }
  }

  /** Saves starting a process where there is no repository. */
  private boolean inside() {
    for (Path at = folder.toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(".git"))) {
        return true;
      }
    }
    return false;
  }

  private String git(String... words) {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(words));
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      byte[] out = process.getInputStream().readAllBytes();
      return process.waitFor() == 0 ? new String(out, StandardCharsets.UTF_8) : "";
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
