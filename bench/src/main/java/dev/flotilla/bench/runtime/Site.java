package dev.flotilla.bench.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where one measurement takes place.
 *
 * @param folder of the peer's own files
 * @param program of every agent
 * @param commands what the peer is to keep running
 */
record Site(Path folder, Path program, List<Command> commands) {

  /** What one agent noted once it listened, on the clock of {@link System#nanoTime}. */
  record Mark(long nanos, long pid, int port) {}

  /**
   * One agent.
   *
   * @param port that it listens on, 0 for none
   * @param needs names of agents that must be healthy before
   */
  record Command(String name, List<String> argv, int port, List<String> needs) {}

  Site {
    commands = List.copyOf(commands);
  }

  /** Agents that listen on ports that follow each other. */
  static Site listening(Path folder, Path program, int basePort, int agents) {
    List<Command> commands = new ArrayList<>();
    for (int i = 0; i < agents; i++) {
      commands.add(
          new Command(
              "agent%03d".formatted(i),
              argv(program, basePort + i, folder, ""),
              basePort + i,
              List.of()));
    }
    return new Site(folder, program, commands);
  }

  /** Likewise; every seventh has a child in a session of its own. */
  static Site withChildren(Path folder, Path program, int basePort, int agents) {
    List<Command> commands = new ArrayList<>();
    for (int i = 0; i < agents; i++) {
      commands.add(
          new Command(
              "agent%03d".formatted(i),
              argv(program, basePort + i, folder, i % 7 == 0 ? "child" : ""),
              basePort + i,
              List.of()));
    }
    return new Site(folder, program, commands);
  }

  /** Agents in layers, each of which needs two of the layer before. */
  static Site layered(Path folder, Path program, int basePort, int agents, int layers) {
    List<Command> commands = new ArrayList<>();
    for (int i = 0; i < agents; i++) {
      int layer = i * layers / agents;
      int size = agents / layers;
      List<String> needs = new ArrayList<>();
      if (layer > 0) {
        int first = (layer - 1) * size;
        needs.add("agent%03d".formatted(first + i * 31 % size));
        needs.add("agent%03d".formatted(first + (i * 31 + 7) % size));
      }
      commands.add(
          new Command(
              "agent%03d".formatted(i),
              argv(program, basePort + i, folder, ""),
              basePort + i,
              needs));
    }
    return new Site(folder, program, commands);
  }

  /** One agent that notes each start and then ends with 1. */
  static Site crashing(Path folder, Path program) {
    return new Site(
        folder, program, List.of(new Command("loop", noting(folder, "exit 1"), 0, List.of())));
  }

  /** One agent that notes each start and then listens. */
  static Site noting(Path folder, Path program, int port) {
    return new Site(
        folder,
        program,
        List.of(
            new Command(
                "held",
                noting(folder, "exec " + String.join(" ", argv(program, port, folder, ""))),
                port,
                List.of())));
  }

  private static List<String> noting(Path folder, String then) {
    return List.of("/bin/sh", "-c", "echo spawn >> " + folder.resolve("spawns") + "; " + then);
  }

  private static List<String> argv(Path program, int port, Path folder, String mode) {
    List<String> argv =
        new ArrayList<>(
            List.of(
                program.toString(), Integer.toString(port), folder.resolve("marks").toString()));
    if (!mode.isEmpty()) {
      argv.add(mode);
    }
    return argv;
  }

  /** How often the agent that notes its starts was started. */
  int spawns() {
    try {
      Path file = folder.resolve("spawns");
      return Files.exists(file) ? Files.readAllLines(file).size() : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  /** The notes so far, in order. */
  List<Mark> marks() {
    List<Mark> read = new ArrayList<>();
    Path marks = folder.resolve("marks");
    try {
      if (Files.exists(marks)) {
        for (String line : Files.readAllLines(marks)) {
          String[] words = line.split(" ", 3);
          if (words.length == 3) {
            read.add(
                new Mark(
                    Long.parseLong(words[0]),
                    Long.parseLong(words[1]),
                    Integer.parseInt(words[2])));
          }
        }
      }
    } catch (IOException e) {
      return List.of();
    }
    return read;
  }

  /** Agents that are alive, whoever's children they are. */
  List<Long> alive() {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().command().filter(program.toString()::equals).isPresent())
        .map(ProcessHandle::pid)
        .toList();
  }
}
