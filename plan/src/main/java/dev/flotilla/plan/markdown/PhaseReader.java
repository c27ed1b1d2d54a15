package dev.flotilla.plan.markdown;

import dev.flotilla.model.Position;
import dev.flotilla.model.Problem;
import dev.flotilla.plan.Block;
import dev.flotilla.plan.Needs;
import dev.flotilla.plan.Phase;
import dev.flotilla.plan.Section;
import dev.flotilla.plan.Span;
import dev.flotilla.plan.Task;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the lines of one phase. */
final class PhaseReader {
  private static final Pattern NEEDS =
      Pattern.compile("(?:\\*\\*)?[Nn]eeds:(?:\\*\\*)?[ \\t]*(.*)");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");

  private final String file;
  private final String text;
  private final Lines lines;
  private final int first;
  private final int last;
  private final List<Problem> problems;

  private final List<Section> sections = new ArrayList<>();
  private final List<Task> tasks = new ArrayList<>();
  private final TaskPaths paths = new TaskPaths();
  private final List<Block> blocks = new ArrayList<>();
  private final Map<Block.Role, Integer> counts = new EnumMap<>(Block.Role.class);
  private Needs needs = Needs.ALL_BEFORE;
  private Section.Kind kind = Section.Kind.INTRODUCTION;
  private String label = "";
  private int sectionLine;
  private int noteStart = -1;
  private int noteEnd;

  /**
   * @param first the heading's line, from 0
   * @param last the line after the phase, from 0
   */
  PhaseReader(String file, String text, Lines lines, int first, int last, List<Problem> problems) {
    this.file = file;
    this.text = text;
    this.lines = lines;
    this.first = first;
    this.last = last;
    this.problems = problems;
  }

  Phase read(Heading heading) {
    sectionLine = first + 1;
    int line = first + 1;
    while (line < last) {
      line = isFence(line) ? fenced(line) : plain(line);
    }
    endSection(last);
    int start = lines.start(first);
    return new Phase(
        heading.index(),
        heading.title(),
        heading.headline(),
        heading.done(),
        first + 1,
        new Span(start + heading.markStart(), start + heading.markEnd()),
        new Span(start, lines.start(last)),
        new Span(lines.start(first + 1), lines.start(last)),
        needs,
        noteStart < 0 ? "" : note(),
        sections,
        tasks,
        blocks);
  }

  private boolean isFence(int line) {
    return Fence.open(lines.of(line)).isPresent();
  }

  private int fenced(int line) {
    Fence fence = Fence.open(lines.of(line)).orElseThrow();
    StringBuilder code = new StringBuilder();
    int at = line + 1;
    while (at < last && !fence.closedBy(lines.of(at))) {
      code.append(fence.inside(lines.of(at))).append('\n');
      at++;
    }
    boolean closed = at < last;
    if (!closed) {
      problems.add(
          Problem.warning(
              new Position(file, line + 1, 0),
              "a code block that is not closed",
              "a closing line " + String.valueOf(fence.mark()).repeat(fence.length()),
              "close it; until then it ends with its phase and is not run"));
    }
    Block.Role role = closed ? role(fence) : Block.Role.ARTEFACT;
    int number = counts.merge(role, 1, Integer::sum);
    blocks.add(new Block(role, number, fence.language(), code.toString(), line + 1, closed));
    return closed ? at + 1 : at;
  }

  private Block.Role role(Fence fence) {
    if (fence.language().equals("gate")) {
      return Block.Role.GATE;
    }
    boolean runs = Languages.runs(fence.language());
    return switch (kind) {
      case CONCLUDING -> Block.Role.CONCLUDING;
      case NOTE -> Block.Role.ARTEFACT;
      case ROLLBACK -> runs ? Block.Role.ROLLBACK : Block.Role.ARTEFACT;
      case INTRODUCTION, EXPLANATIONS, TASKS, COMMANDS, GATE, OTHER ->
          !runs
              ? Block.Role.ARTEFACT
              : fence.says("rollback") ? Block.Role.ROLLBACK : Block.Role.STEP;
    };
  }

  private int plain(int line) {
    String words = lines.of(line);
    Optional<Label> start = Label.of(words);
    if (start.isPresent()) {
      label(line, start.get());
      return line + 1;
    }
    Matcher stated = NEEDS.matcher(words);
    if (stated.matches() && kind != Section.Kind.NOTE) {
      needs = needs(line, stated.group(1));
    } else if (kind != Section.Kind.NOTE) {
      task(line, words);
    }
    return line + 1;
  }

  private void label(int line, Label start) {
    Section.Kind found = Section.Kind.of(start.words());
    if (found == Section.Kind.OTHER && kind == Section.Kind.NOTE) {
      return;
    }
    if (start.words().toLowerCase(Locale.ROOT).equals("needs")) {
      needs = needs(line, start.rest());
      return;
    }
    endSection(line);
    kind = found;
    label = start.words();
    sectionLine = line;
    if (kind == Section.Kind.NOTE) {
      noteStart = lines.end(line) - start.rest().length();
      noteStart -= trailingBlanks(line);
      noteEnd = lines.end(line);
    }
  }

  private int trailingBlanks(int line) {
    String words = lines.of(line);
    return words.length() - words.stripTrailing().length();
  }

  private void endSection(int end) {
    if (kind == Section.Kind.NOTE) {
      noteEnd = Math.max(noteEnd, lines.start(end));
    }
    if (end > sectionLine) {
      sections.add(
          new Section(
              kind, label, sectionLine + 1, new Span(lines.start(sectionLine), lines.start(end))));
    }
  }

  private String note() {
    String words = text.substring(noteStart, noteEnd).strip().replace("\r\n", "\n");
    while (words.endsWith("─") || words.endsWith("\n---")) {
      words = words.substring(0, words.length() - (words.endsWith("─") ? 1 : 4)).strip();
    }
    return words;
  }

  private Needs needs(int line, String words) {
    List<Integer> stated = new ArrayList<>();
    Matcher number = NUMBER.matcher(words);
    while (number.find()) {
      stated.add(Integer.parseInt(number.group()));
    }
    String plain = words.strip().toLowerCase(Locale.ROOT);
    if (stated.isEmpty() && !plain.startsWith("none") && !plain.startsWith("nothing")) {
      problems.add(
          Problem.error(
              new Position(file, line + 1, 0),
              "Needs: " + words.strip(),
              "numbers of phases, or none",
              "write for example Needs: 1, 2"));
      return Needs.ALL_BEFORE;
    }
    return new Needs(true, stated);
  }

  private void task(int line, String words) {
    Optional<TaskLine> found = TaskLine.of(words);
    if (found.isEmpty()) {
      return;
    }
    TaskLine task = found.get();
    boolean boxed = task.boxEnd() > task.boxStart();
    if (!boxed && kind != Section.Kind.TASKS) {
      return;
    }
    int start = lines.start(line);
    tasks.add(
        new Task(
            paths.next(task.indent()),
            task.mark(),
            task.text(),
            line + 1,
            new Span(start + task.boxStart(), start + task.boxEnd())));
  }
}
