package dev.flotilla.node.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A process to start.
 *
 * @param wrapper a command put in front, which ends by becoming the program; empty for none
 * @param argv program and arguments; the program is looked up in the {@code PATH} of the
 *     environment unless it has a slash
 * @param directory working directory
 * @param environment all of it; nothing is inherited
 * @param output file that output and errors are appended to, by the process itself
 * @param run marks everything that the process starts, by its environment
 */
public record ProcessSpec(
    List<String> wrapper,
    List<String> argv,
    Path directory,
    Map<String, String> environment,
    Path output,
    String run) {
  public ProcessSpec {
    wrapper = List.copyOf(wrapper);
    argv = List.copyOf(argv);
    environment = Map.copyOf(environment);
  }
}
