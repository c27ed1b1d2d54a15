package dev.flotilla.bench.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The same work in the form of each tool: so many tasks, each with a title and a few words. */
final class Data {
  private Data() {}

  /** Plans of three phases. */
  static void plans(Path folder, int count) {
    each(
        count,
        i ->
            Files.writeString(
                folder.resolve("plan-" + i + ".md"),
                """
                ---
                id: plan-%1$d
                description: Plan number %1$d of the benchmark
                status: in_progress
                created: 2026-11-%2$02dT08:00:00Z
                ---

                ## PHASE 0: Prepare number %1$d

                **Tasks:**
                1. Look at it

                ## PHASE 1: Do it
                ```bash
                echo %1$d
                ```

                ## PHASE 2: Check it

                IMPORTANT NOTE: Look twice.
                """
                    .formatted(i, 1 + i % 28)));
  }

  static void taskwarrior(String command, Path folder, int count)
      throws IOException, InterruptedException {
    Files.writeString(folder.resolve("rc"), "data.location=" + folder.resolve("data") + "\n");
    String tasks =
        IntStream.rangeClosed(1, count)
            .mapToObj(i -> "{\"description\":\"Task number " + i + " of the benchmark\"}")
            .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
    Path file = Files.writeString(folder.resolve("tasks.json"), tasks);
    Process process =
        new ProcessBuilder(command, "rc:" + folder.resolve("rc"), "import", file.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.waitFor();
  }

  static void backlog(Path folder, int count) throws IOException, InterruptedException {
    for (List<String> words :
        List.of(
            List.of("git", "init", "-q", "."),
            List.of(
                "git",
                "-c",
                "user.name=b",
                "-c",
                "user.email=b@b",
                "commit",
                "-q",
                "--allow-empty",
                "-m",
                "start"))) {
      new ProcessBuilder(words).directory(folder.toFile()).start().waitFor();
    }
    Path tasks = Files.createDirectories(folder.resolve("backlog/tasks"));
    Files.writeString(
        folder.resolve("backlog/config.yml"),
        """
        project_name: "bench"
        default_status: "To Do"
        statuses: ["To Do", "In Progress", "Done"]
        labels: []
        date_format: yyyy-mm-dd
        auto_open_browser: false
        remote_operations: false
        check_active_branches: false
        auto_commit: false
        task_prefix: "task"
        """);
    each(
        count,
        i ->
            Files.writeString(
                tasks.resolve("task-" + i + " - Task-number-" + i + ".md"),
                """
                ---
                id: TASK-%1$d
                title: Task number %1$d of the benchmark
                status: To Do
                assignee: []
                created_date: '2026-11-20 08:00'
                labels: []
                dependencies: []
                ---

                ## Description

                <!-- SECTION:DESCRIPTION:BEGIN -->
                A few words
                <!-- SECTION:DESCRIPTION:END -->
                """
                    .formatted(i)));
  }

  static void taskMaster(Path folder, int count) throws IOException {
    Path tasks = Files.createDirectories(folder.resolve(".taskmaster/tasks"));
    Files.writeString(folder.resolve(".taskmaster/state.json"), "{\"currentTag\":\"master\"}");
    Files.writeString(
        tasks.resolve("tasks.json"),
        IntStream.rangeClosed(1, count)
            .mapToObj(
                i ->
                    "{\"id\":%1$d,\"title\":\"Task number %1$d\",\"description\":\"words\",\"details\":\"\",\"testStrategy\":\"\",\"status\":\"pending\",\"dependencies\":[],\"priority\":\"medium\",\"subtasks\":[]}"
                        .formatted(i))
            .collect(
                Collectors.joining(
                    ",\n",
                    "{\"master\":{\"tasks\":[",
                    "],\"metadata\":{\"description\":\"b\"}}}")));
  }

  private interface Work {
    void at(int number) throws IOException;
  }

  private static void each(int count, Work work) {
    IntStream.rangeClosed(1, count)
        .forEach(
            i -> {
              try {
                work.at(i);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }
}
