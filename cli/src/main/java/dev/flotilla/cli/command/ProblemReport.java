package dev.flotilla.cli.command;

import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.screen.Excerpt;
import dev.flotilla.cli.screen.ProblemText;
import dev.flotilla.model.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Says problems: as JSON on standard output when that is asked for, else in words on the error
 * output.
 */
final class ProblemReport {
  private final Context context;

  ProblemReport(Context context) {
    this.context = context;
  }

  void print(List<Problem> problems) {
    if (context.options().json()) {
      context.printJson(Map.of("problems", problems.stream().map(ProblemReport::json).toList()));
    } else {
      words(problems);
    }
  }

  /** In words, also where the answer itself is JSON. */
  void words(List<Problem> problems) {
    boolean colour = context.screen().colour();
    ProblemText text = new ProblemText(new Excerpt(context.directory()), colour);
    boolean first = true;
    for (Problem problem : problems) {
      if (!first) {
        context.screen().err().println();
      }
      text.lines(problem).forEach(context.screen().err()::println);
      first = false;
    }
  }

  static Map<String, Object> json(Problem problem) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("severity", problem.severity().name().toLowerCase(Locale.ROOT));
    if (!problem.where().file().isEmpty()) {
      json.put("file", problem.where().file());
    }
    if (problem.where().line() > 0) {
      json.put("line", problem.where().line());
    }
    if (problem.where().column() > 0) {
      json.put("column", problem.where().column());
    }
    json.put("found", problem.found());
    json.put("expected", problem.expected());
    json.put("advice", problem.advice());
    return json;
  }
}
