package dev.flotilla.bench.plan;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Flotilla and those of its peers that are on the PATH, each with the same tasks. */
final class Tools {
  private Tools() {}

  static Tool flotilla(Path launcher, Path folder, int tasks) throws IOException {
    Data.plans(Files.createDirectories(folder.resolve("plans")), tasks);
    return new Tool(
        "flotilla plan",
        said(List.of(launcher.toString(), "--version")),
        List.of(launcher.toString(), "plan"),
        List.of("list", "show plan-7", "done plan-1{i} 0", "new words"),
        "add plan-7 --phase 0 {w}",
        at -> Files.readString(at.resolve("plans/plan-7.md")));
  }

  /** Those that are here; the others are named in the report. */
  static List<Tool> peers(Path root, int tasks, List<String> missing)
      throws IOException, InterruptedException {
    List<Tool> found = new ArrayList<>();
    Optional<String> task = find("task");
    if (task.isPresent()) {
      found.add(taskwarrior(task.get(), made(root, "Taskwarrior"), tasks));
    } else {
      missing.add("Taskwarrior (apt install taskwarrior)");
    }
    Optional<String> backlog = find("backlog");
    if (backlog.isPresent()) {
      found.add(backlog(backlog.get(), made(root, "Backlog.md"), tasks));
    } else {
      missing.add("Backlog.md (npm install backlog.md)");
    }
    Optional<String> master = find("task-master");
    if (master.isPresent()) {
      found.add(taskMaster(master.get(), made(root, "Task Master"), tasks));
    } else {
      missing.add("Task Master (npm install task-master-ai)");
    }
    return found;
  }

  private static Path made(Path root, String name) throws IOException {
    return Files.createDirectories(root.resolve(name));
  }

  private static Tool taskwarrior(String command, Path folder, int tasks)
      throws IOException, InterruptedException {
    Data.taskwarrior(command, folder, tasks);
    return new Tool(
        "Taskwarrior",
        said(List.of(command, "--version")),
        List.of(command, "rc:" + folder.resolve("rc"), "rc.confirmation=no", "rc.gc=on"),
        List.of("list", "7 info", "1{i} done", "add words"),
        "7 annotate {w}",
        at -> said(List.of(command, "rc:" + at.resolve("rc"), "export")));
  }

  private static Tool backlog(String command, Path folder, int tasks)
      throws IOException, InterruptedException {
    Data.backlog(folder, tasks);
    return new Tool(
        "Backlog.md",
        said(List.of(command, "--version")),
        List.of(command),
        List.of(
            "task list --plain", "task 7 --plain", "task edit 1{i} -s Done", "task create words"),
        "task edit 7 --append-notes {w}",
        at -> texts(at.resolve("backlog/tasks")));
  }

  private static Tool taskMaster(String command, Path folder, int tasks) throws IOException {
    Data.taskMaster(folder, tasks);
    return new Tool(
        "Task Master",
        said(List.of(command, "--version")),
        List.of(command),
        List.of("list", "show 7", "set-status --id=1{i} --status=done"),
        "add-subtask --parent=7 --title={w}",
        at -> Files.readString(at.resolve(".taskmaster/tasks/tasks.json")));
  }

  private static String texts(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(Tools::text).collect(Collectors.joining("\n"));
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> find(String program) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
      Path file = Path.of(folder, program);
      if (Files.isExecutable(file)) {
        return Optional.of(file.toString());
      }
    }
    return Optional.empty();
  }

  /** What a program prints. */
  static String said(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }
}
