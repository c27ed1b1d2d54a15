package dev.flotilla.cli.plan;

import java.nio.file.Path;
import java.util.List;

/** What people usually do with plans, for a training run in a folder that is thrown away. */
public final class Usual {
  private Usual() {}

  /** Command lines, in the order in which they make sense. */
  public static List<List<String>> commands(Path folder) {
    String plans = folder.toString();
    return List.of(
        List.of(
            "plan", "new", "a b", "--id", "t", "--phase", "x", "--phase", "y", "--plans", plans),
        List.of("plan", "add", "t", "z\n```bash\ntrue\n```", "--plans", plans),
        List.of("plan", "add", "t", "--phase", "1", "task", "--plans", plans),
        List.of("plan", "list", "--plans", plans),
        List.of("plan", "list", "--plans", plans, "--json"),
        List.of("plan", "done", "t", "0", "--plans", plans),
        List.of("plan", "done", "t", "1.1", "--plans", plans),
        List.of("plan", "list", "--plans", plans),
        List.of("plan", "show", "t", "--plans", plans),
        List.of("plan", "show", "t", "2", "--plans", plans, "--json"),
        List.of("plan", "claim", "t", "1", "--plans", plans),
        List.of("plan", "exec", "t", "2", "--plans", plans),
        List.of("plan", "gate", "t", "1", "--plans", plans),
        List.of("plan", "next", "--plans", plans),
        List.of("plan", "show", "none", "--plans", plans));
  }
}
