package dev.flotilla.node.limit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds the best way to keep limits on this machine, by trying. */
public final class SystemLimits {
  private SystemLimits() {}

  /**
   * @param fleet names the folder that is made among the cgroups
   */
  public static Limiter find(String fleet) {
    return CgroupTree.find(
            lines("/proc/self/mountinfo"), lines("/proc/self/cgroup"), "flotilla-" + fleet)
        .<Limiter>map(CgroupLimiter::new)
        .orElseGet(() -> new ResourceLimiter(program()));
  }

  private static Optional<String> program() {
    return List.of("/usr/bin/prlimit", "/bin/prlimit").stream()
        .filter(path -> Files.isExecutable(Path.of(path)))
        .findFirst();
  }

  private static List<String> lines(String file) {
    try {
      return Files.readAllLines(Path.of(file));
    } catch (IOException e) {
      return List.of();
    }
  }
}
