package dev.flotilla.plan;

import java.util.List;
import java.util.stream.Stream;

/**
 * A phase of a plan, with the places of its parts in the text.
 *
 * @param index the number its heading states
 * @param title the heading after {@code PHASE k:}
 * @param headline {@code PHASE k: TITLE} as it stands, without heading marks and check mark
 * @param line of the heading, from 1
 * @param mark the check mark of the heading, or the empty place where one belongs
 * @param whole from the heading to the next phase
 * @param body what follows the heading's line
 * @param note the words after {@code IMPORTANT NOTE:}; empty when there is none
 */
public record Phase(
    int index,
    String title,
    String headline,
    boolean done,
    int line,
    Span mark,
    Span whole,
    Span body,
    Needs needs,
    String note,
    List<Section> sections,
    List<Task> tasks,
    List<Block> blocks) {

  public Phase {
    sections = List.copyOf(sections);
    tasks = List.copyOf(tasks);
    blocks = List.copyOf(blocks);
  }

  /** The blocks of one role, in the order of the file. */
  public List<Block> blocks(Block.Role role) {
    return blocks.stream().filter(block -> block.role() == role).toList();
  }

  /** Tasks with an empty box. */
  public Stream<Task> openTasks() {
    return tasks.stream().filter(task -> task.mark() == Mark.OPEN);
  }

  /** How many tasks have a box. */
  public long boxes() {
    return tasks.stream().filter(task -> task.mark() != Mark.NONE).count();
  }
}
