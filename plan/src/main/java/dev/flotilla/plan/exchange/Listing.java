package dev.flotilla.plan.exchange;

import dev.flotilla.model.Position;
import dev.flotilla.model.Problem;
import dev.flotilla.plan.PlanRefused;
import dev.flotilla.plan.event.EventLog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what {@code list} prints: the TASK COMMAND & CONTROL CENTER with its plans and marks. */
final class Listing {
  private static final Pattern HEAD = Pattern.compile("\\d+\\. 🗒️?\\s+(\\S+)\\s*");
  private static final Pattern FIELD = Pattern.compile(" {1,4}(Description|Status|Created): ?(.*)");
  private static final Pattern COUNT = Pattern.compile(" {1,4}TODO Items \\((\\d+)\\):\\s*");
  private static final Pattern ITEM =
      Pattern.compile(" {2,8}\\[([✔✓✅xX✗✘ ])\\] (\\d{1,6})\\. (.*)");

  private final String file;
  private final List<Imported> plans = new ArrayList<>();
  private final Map<String, String> front = new LinkedHashMap<>();
  private final List<Todos.Todo> todos = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private boolean done;
  private boolean inItem;
  private int stated = -1;
  private int headLine;

  Listing(String file) {
    this.file = file;
  }

  static boolean looksLike(String text) {
    return text.lines().limit(200).anyMatch(line -> HEAD.matcher(line).matches())
        && text.lines().anyMatch(line -> COUNT.matcher(line).matches());
  }

  List<Imported> read(String whole) {
    int number = 0;
    for (String line : whole.replace("\r\n", "\n").split("\n", -1)) {
      number++;
      line(line, number);
    }
    endPlan();
    return plans;
  }

  private void line(String line, int number) {
    Matcher head = HEAD.matcher(line);
    if (head.matches()) {
      endPlan();
      front.put("id", head.group(1));
      headLine = number;
      return;
    }
    if (front.isEmpty()) {
      return;
    }
    Matcher item = ITEM.matcher(line);
    if (item.matches()) {
      endItem();
      inItem = true;
      done = "✔✓✅xX".contains(item.group(1));
      text.append(item.group(3));
      return;
    }
    if (inItem) {
      text.append('\n').append(line);
      return;
    }
    Matcher field = FIELD.matcher(line);
    Matcher count = COUNT.matcher(line);
    if (field.matches()) {
      front.put(field.group(1).toLowerCase(java.util.Locale.ROOT), field.group(2).strip());
    } else if (count.matches()) {
      stated = Integer.parseInt(count.group(1));
    }
  }

  private void endItem() {
    if (inItem) {
      todos.add(new Todos.Todo(text.toString().stripTrailing(), done));
      text.setLength(0);
      inItem = false;
    }
  }

  private void endPlan() {
    endItem();
    if (front.isEmpty()) {
      return;
    }
    if (stated != todos.size()) {
      throw new PlanRefused(
          List.of(
              Problem.error(
                  new Position(file, headLine, 0),
                  front.get("id")
                      + " with "
                      + todos.size()
                      + " items, where its heading says "
                      + stated,
                  "a whole listing",
                  "print the listing again; nothing was imported")));
    }
    String id = front.getOrDefault("id", "");
    plans.add(
        new Imported(
                id,
                Todos.plan(front, todos),
                EventLog.data().put("file", file).put("shape", "listing"))
            .checked());
    front.clear();
    todos.clear();
    stated = -1;
  }
}
