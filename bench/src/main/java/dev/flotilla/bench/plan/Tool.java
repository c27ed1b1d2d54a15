package dev.flotilla.bench.plan;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that keeps tasks, and how it is asked.
 *
 * @param base the words before each line
 * @param lines what is measured; {@code {i}} is the number of the run
 * @param write a line that many processes run at once on task 7; {@code {w}} is the writer's word
 */
record Tool(
    String name, String version, List<String> base, List<String> lines, String write, Kept kept) {

  /** What a folder holds of the words that writers wrote. */
  interface Kept {
    String text(Path folder) throws IOException, InterruptedException;
  }

  Tool {
    base = List.copyOf(base);
    lines = List.copyOf(lines);
  }

  List<String> command(String line) {
    List<String> command = new ArrayList<>(base);
    command.addAll(List.of(line.split(" ")));
    return command;
  }
}
