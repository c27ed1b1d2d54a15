package dev.flotilla.plan.markdown;

import dev.flotilla.model.Position;
import dev.flotilla.model.Problem;
import dev.flotilla.plan.FrontMatter;
import dev.flotilla.plan.Phase;
import dev.flotilla.plan.Plan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a plan. Never fails: what is wrong stands in the plan's problems, and everything that can
 * be understood is. A heading {@code ## PHASE k:} at the left edge begins a phase wherever it
 * stands, in an open code block too, so that half a file cannot hide what follows.
 */
public final class PlanReader {
  private PlanReader() {}

  /** Reads the bytes of a file; bytes that are not UTF-8 are an error at their line. */
  public static Plan read(String file, byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    byte[] again = text.getBytes(StandardCharsets.UTF_8);
    int difference = Arrays.mismatch(bytes, again);
    if (difference < 0) {
      return read(file, text);
    }
    int line = 1;
    for (int i = 0; i < difference; i++) {
      line += bytes[i] == '\n' ? 1 : 0;
    }
    Plan plan = read(file, text);
    List<Problem> problems = new ArrayList<>(plan.problems());
    problems.add(
        Problem.error(
            new Position(file + ".md", line, 0),
            "bytes that are not UTF-8",
            "text in UTF-8",
            "restore the file from git, or convert it with iconv -t UTF-8"));
    return new Plan(plan.file(), plan.text(), plan.front(), plan.phases(), problems);
  }

  /** Reads a text. */
  public static Plan read(String file, String text) {
    String name = file + ".md";
    List<Problem> problems = new ArrayList<>();
    Lines lines = new Lines(text);
    FrontMatter front = FrontMatterReader.read(name, text, lines, problems);
    List<Integer> starts = new ArrayList<>();
    List<Heading> headings = new ArrayList<>();
    for (int line = 0; line < lines.count(); line++) {
      if (lines.startsWith(line, "##")) {
        Optional<Heading> heading = Heading.of(lines.of(line));
        if (heading.isPresent()) {
          starts.add(line);
          headings.add(heading.get());
        }
      } else if (lines.startsWith(line, "<<<<<<< ") || lines.startsWith(line, ">>>>>>> ")) {
        problems.add(
            Problem.error(
                new Position(name, line + 1, 0),
                "the merge marker “" + lines.of(line).strip() + "”",
                "a merged file",
                "run flotilla plan merge " + file + ", or resolve it by hand"));
      }
    }
    List<Phase> phases = new ArrayList<>();
    Set<Integer> indices = new HashSet<>();
    for (int i = 0; i < starts.size(); i++) {
      int end = i + 1 < starts.size() ? starts.get(i + 1) : lines.count();
      Heading heading = headings.get(i);
      phases.add(new PhaseReader(name, text, lines, starts.get(i), end, problems).read(heading));
      if (!indices.add(heading.index())) {
        problems.add(
            Problem.error(
                new Position(name, starts.get(i) + 1, 0),
                "PHASE " + heading.index() + " a second time",
                "each number once",
                "give one of them the next free number"));
      }
    }
    return new Plan(file, text, front, phases, problems);
  }

  static boolean isMergeMarker(String line) {
    return line.startsWith("<<<<<<<")
        || line.startsWith("=======")
        || line.startsWith(">>>>>>>")
        || line.startsWith("|||||||");
  }
}
