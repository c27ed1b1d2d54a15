package dev.flotilla.plan.exchange;

import dev.flotilla.plan.Phase;
import dev.flotilla.plan.Plan;
import dev.flotilla.plan.markdown.PlanReader;
import dev.flotilla.plan.markdown.PlanText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one-text form of a phase, as task files and listings have it: its heading as the first line,
 * then its body.
 */
final class Todos {
  /** A phase as a task file has it. */
  record Todo(String text, boolean done) {}

  private static final Pattern NUMBERED = Pattern.compile("PHASE (\\d{1,6}): \\S.*");

  private Todos() {}

  /** The Markdown of a plan; texts that do not begin with a free {@code PHASE k:} get the next. */
  static String plan(Map<String, String> front, List<Todo> todos) {
    List<PlanText.Draft> drafts = new ArrayList<>();
    int next = 0;
    for (Todo todo : todos) {
      int feed = todo.text().indexOf('\n');
      String first = feed < 0 ? todo.text() : todo.text().substring(0, feed);
      String body = feed < 0 ? "" : todo.text().substring(feed + 1);
      Matcher numbered = NUMBERED.matcher(first);
      int stated = numbered.matches() ? Integer.parseInt(numbered.group(1)) : -1;
      boolean keeps = stated >= next;
      int index = keeps ? stated : next;
      String headline = keeps ? first : "PHASE " + index + ": " + first.strip();
      drafts.add(new PlanText.Draft(headline.strip(), todo.done(), body));
      next = index + 1;
    }
    return PlanText.of(front, drafts);
  }

  /** The text of a phase; line ends as in task files. */
  static String text(Plan plan, Phase phase) {
    String body = phase.body().of(plan.text()).replace("\r\n", "\n").stripTrailing();
    return body.isEmpty() ? phase.headline() : phase.headline() + "\n" + body;
  }

  /** The phase that a text of a list became, by its place. */
  static Optional<Phase> phase(Plan plan, int place) {
    return place < plan.phases().size() ? Optional.of(plan.phases().get(place)) : Optional.empty();
  }

  static Plan read(String id, String text) {
    return PlanReader.read(id, text);
  }
}
