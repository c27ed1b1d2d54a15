package dev.flotilla.plan;

/**
 * One step of a phase as people number it.
 *
 * @param path its place among its siblings, from 1: {@code 2} or {@code 2.1}
 * @param line in the file, from 1
 * @param box the box with its brackets, or, where there is none, the empty place where one belongs
 */
public record Task(String path, Mark mark, String text, int line, Span box) {

  /** How deep it is nested; 0 for a task at the left edge. */
  public int depth() {
    return (int) path.chars().filter(c -> c == '.').count();
  }
}
