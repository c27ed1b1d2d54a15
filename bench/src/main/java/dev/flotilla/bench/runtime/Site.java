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
 * @param marks file that each agent notes its start in
 * @param basePort of the first agent; the others follow
 * @param agents how many
 * @param crashLoop whether there is one more agent, {@code loop}, that ends with 1 at once
 */
record Site(Path folder, Path program, Path marks, int basePort, int agents, boolean crashLoop) {

  /** What one agent noted once it listened, on the clock of {@link System#nanoTime}. */
  record Mark(long nanos, long pid, int port) {}

  /** Name and command line of each agent. */
  record Command(String name, List<String> argv, int port) {}

  List<Command> commands() {
    List<Command> commands = new ArrayList<>();
    for (int i = 0; i < agents; i++) {
      commands.add(
          new Command(
              "agent%03d".formatted(i),
              List.of(program.toString(), Integer.toString(basePort + i), marks.toString()),
              basePort + i));
    }
    if (crashLoop) {
      commands.add(
          new Command(
              "loop", List.of("/bin/sh", "-c", "echo spawn >> " + spawns() + "; exit 1"), 0));
    }
    return commands;
  }

  Path spawns() {
    return folder.resolve("spawns");
  }

  /** The notes so far, in order. */
  List<Mark> read() throws IOException {
    List<Mark> read = new ArrayList<>();
    if (Files.exists(marks)) {
      for (String line : Files.readAllLines(marks)) {
        String[] words = line.split(" ", 3);
        if (words.length == 3) {
          read.add(
              new Mark(
                  Long.parseLong(words[0]), Long.parseLong(words[1]), Integer.parseInt(words[2])));
        }
      }
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
