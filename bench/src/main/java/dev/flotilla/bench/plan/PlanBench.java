package dev.flotilla.bench.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The benchmark of plans. Arguments: the {@code flotilla} launcher, how many plans, how many kills;
 * then, each optional, the commands {@code task}, {@code backlog} and {@code task-master} of the
 * peers. Prints Markdown tables.
 */
public final class PlanBench {
  private static final int RUNS = 7;

  private PlanBench() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    String flotilla = args[0];
    int plans = Integer.parseInt(args[1]);
    int kills = Integer.parseInt(args[2]);
    Path root = Files.createTempDirectory("plan-bench");
    try {
      System.out.println("| cold command | wall | CPU | RSS | failed |\n|---|---|---|---|---|");
      ours(flotilla, root.resolve("flotilla"), plans);
      for (int i = 3; i < args.length; i++) {
        peer(args[i], root.resolve("peer" + i), plans);
      }
      int many = plans * 10;
      Data.plans(Files.createDirectories(root.resolve("many/plans")), many);
      print(
          Cold.of(
              "flotilla plan list, " + many + " plans",
              root.resolve("many"),
              3,
              List.of(flotilla, "plan", "list")));
      Safety safety = new Safety(Files.createDirectories(root.resolve("safe")));
      System.out.println("\n| what | kept | wait | rate |\n|---|---|---|---|");
      System.out.println(safety.writers("20 processes, one plan", 20, 1, 100));
      System.out.println(safety.writers("20 processes, 20 plans", 20, 20, 100));
      System.out.println("\n| what | result |\n|---|---|");
      System.out.println(safety.kills(kills, new Random(1)));
    } finally {
      delete(root);
    }
  }

  private static void print(Cold cold) {
    System.out.println(cold.row());
  }

  private static void ours(String flotilla, Path folder, int plans)
      throws IOException, InterruptedException {
    Data.plans(Files.createDirectories(folder.resolve("plans")), plans);
    run(
        "flotilla plan",
        folder,
        List.of(flotilla, "plan"),
        "list",
        "show plan-7",
        "done plan-1{i} 0",
        "new words");
  }

  private static void peer(String command, Path folder, int count)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    String name = Path.of(command).getFileName().toString();
    switch (name) {
      case "task" -> {
        Data.taskwarrior(command, folder, count);
        List<String> base =
            List.of(command, "rc:" + folder.resolve("rc"), "rc.confirmation=no", "rc.gc=on");
        run("Taskwarrior", folder, base, "list", "7 info", "1{i} done", "add words");
      }
      case "backlog" -> {
        Data.backlog(folder, count);
        run(
            "Backlog.md",
            folder,
            List.of(command),
            "task list --plain",
            "task 7 --plain",
            "task edit 1{i} -s Done",
            "task create words");
      }
      case "task-master" -> {
        Data.taskMaster(folder, count);
        run(
            "Task Master",
            folder,
            List.of(command),
            "list",
            "show 7",
            "set-status --id=1{i} --status=done");
      }
      default -> System.out.println("| " + name + " is no known peer | | | | |");
    }
  }

  private static void run(String title, Path folder, List<String> base, String... lines)
      throws IOException, InterruptedException {
    for (String line : lines) {
      List<String> command = new ArrayList<>(base);
      command.addAll(List.of(line.split(" ")));
      print(Cold.of(title + " " + line.replace("{i}", "…"), folder, RUNS, command));
    }
  }

  private static void delete(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
