package dev.flotilla.bench.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Plans beside their peers: cold commands, a running node, many writers, kills, merges. */
@Command(
    name = "PlanBench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures plans beside the peers on the PATH and writes the report.")
public final class PlanBench implements Callable<Integer> {
  @Option(names = "--report", paramLabel = "FILE", defaultValue = "bench/reports/plan.md")
  private Path report = Path.of("");

  @Option(names = "--flotilla", paramLabel = "LAUNCHER", defaultValue = "./flotilla")
  private Path launcher = Path.of("");

  @Option(names = "--plans", defaultValue = "1000", description = "tasks of each tool")
  private int plans;

  @Option(names = "--runs", defaultValue = "5", description = "of each cold command")
  private int runs;

  @Option(names = "--writes", defaultValue = "100", description = "of each of 20 writers")
  private int writes;

  @Option(names = "--kills", defaultValue = "500")
  private int kills;

  @Option(names = "--merges", defaultValue = "10", description = "seeds, twice 100 edits each")
  private int merges;

  private final StringBuilder text = new StringBuilder();

  public static void main(String[] args) {
    System.exit(new CommandLine(new PlanBench()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    launcher = launcher.toAbsolutePath().normalize();
    Path root = Files.createTempDirectory("plan-bench");
    try {
      List<String> missing = new ArrayList<>();
      Path own = root.resolve("flotilla");
      Tool flotilla = Tools.flotilla(launcher, own, plans);
      List<Tool> peers = Tools.peers(root, plans, missing);
      head(flotilla, peers, missing);
      cold(root, own, flotilla, peers);
      fights(root, own, flotilla, peers);
      safety(root);
      foot();
    } finally {
      delete(root);
    }
    Files.writeString(report, text);
    return 0;
  }

  private void say(String line) {
    System.out.println(line);
    text.append(line).append('\n');
  }

  private void head(Tool flotilla, List<Tool> peers, List<String> missing) throws IOException {
    say("# Plans beside their peers\n");
    say(
        "The same "
            + plans
            + " tasks in each tool. Machine: "
            + Runtime.getRuntime().availableProcessors()
            + " cores, Linux "
            + Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip()
            + ", JDK "
            + Runtime.version()
            + "; load at the start "
            + load()
            + ".\n");
    List<String> versions = new ArrayList<>();
    versions.add(flotilla.version());
    peers.forEach(
        peer -> versions.add(peer.name() + " " + peer.version().lines().findFirst().orElse("?")));
    say("Versions: " + String.join("; ", versions) + ".");
    if (!missing.isEmpty()) {
      say("\nNot here, so not measured: " + String.join("; ", missing) + ".");
    }
  }

  private static String load() throws IOException {
    return Files.readString(Path.of("/proc/loadavg")).strip();
  }

  private void cold(Path root, Path own, Tool flotilla, List<Tool> peers)
      throws IOException, InterruptedException {
    say(
        "\n## Commands\n\nEach started afresh, median of "
            + runs
            + " after one that does not count.\n");
    say("| command | wall | CPU | RSS | failed |\n|---|---|---|---|---|");
    say(Cold.of("flotilla plan list, no index yet", own, 0, flotilla.command("list")).row());
    lines(flotilla, own);
    try (Thin thin = new Thin(launcher, root)) {
      for (int i = 0; i < 10; i++) {
        Cold.of("", own, 0, thin.command("list"));
      }
      for (String line : flotilla.lines()) {
        String again = line.replace("plan-1{i}", "plan-2{i}");
        say(Cold.of("… " + named(line) + ", a node runs", own, runs, thin.command(again)).row());
      }
      long differences =
          thin.differences(
              own, List.of("list", "list --json", "show plan-7", "show nothing", "next", "stats"));
      say(
          "| … answers of the node that differ from the command's own | "
              + differences
              + " | | | |");
    }
    Path many = root.resolve("many");
    Data.plans(Files.createDirectories(many.resolve("plans")), plans * 10);
    say(
        Cold.of(
                "flotilla plan list, " + plans * 10 + " plans, no index yet",
                many,
                0,
                flotilla.command("list"))
            .row());
    say(
        Cold.of("flotilla plan list, " + plans * 10 + " plans", many, 3, flotilla.command("list"))
            .row());
    for (Tool peer : peers) {
      lines(peer, root.resolve(peer.name()));
    }
  }

  private void lines(Tool tool, Path folder) throws IOException, InterruptedException {
    for (String line : tool.lines()) {
      say(Cold.of(tool.name() + " " + named(line), folder, runs, tool.command(line)).row());
    }
  }

  private static String named(String line) {
    return line.replace("{i}", "…");
  }

  private void fights(Path root, Path own, Tool flotilla, List<Tool> peers)
      throws IOException, InterruptedException {
    say("\n## Twenty commands write to one task at once\n");
    say("| tool | acknowledged | of these lost | all ended after |\n|---|---|---|---|");
    say(Fight.row(flotilla, own));
    for (Tool peer : peers) {
      say(Fight.row(peer, root.resolve(peer.name())));
    }
  }

  private void safety(Path root) throws IOException, InterruptedException, ExecutionException {
    Safety safety = new Safety(Files.createDirectories(root.resolve("safe")));
    say("\n## Writers, kills, merges\n");
    say("| " + 20 * writes + " writes | kept | a write waits | rate |\n|---|---|---|---|");
    say(safety.writers("20 processes, one plan", 20, 1, writes));
    say(safety.writers("20 processes, 20 plans", 20, 20, writes));
    say("\n| what | result |\n|---|---|");
    say(safety.kills(kills));
    say("\n| what | edits and events | duplicate numbers | conflicts |\n|---|---|---|---|");
    say(new Merges(launcher, root).row(merges, 100));
  }

  private void foot() throws IOException {
    say(
        """

        **How to read it.** Wall and CPU are of the whole command with its launcher; RSS is the \
        largest process. The rows with a node are of the thin client alone: the node's own work is \
        in its process. Backlog.md and Task Master start Node.js or Bun each time; Taskwarrior is \
        C++ and stays several times faster than a JVM can be. Task Master's `add` asks a model and \
        is left out. What the tools write at once to one task is `add --phase`, `annotate`, \
        `task edit --append-notes` and `add-subtask`; what a tool acknowledged (exit code 0) and \
        does not hold afterwards is lost. To measure again, with `task`, `backlog` and `task-master` on the PATH: build \
        with `mvn -q package -Dmaven.test.skip=true`, then
        `java -cp … dev.flotilla.bench.plan.PlanBench`.
        """);
    say("Load at the end " + load() + ".");
  }

  private static void delete(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
