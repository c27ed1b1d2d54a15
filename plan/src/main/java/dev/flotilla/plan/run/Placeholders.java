package dev.flotilla.plan.run;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names in angle brackets that stand for values: {@code <task_id>}, {@code <org>}. */
public final class Placeholders {
  private static final Pattern NAME = Pattern.compile("<([A-Za-z][A-Za-z0-9_-]*)(?: ReplaceAll)?>");

  private Placeholders() {}

  /** What the plan itself knows. */
  static Map<String, String> known(String id, int phase, int number) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("task_id", id);
    values.put("PHASE_INDEX", Integer.toString(phase));
    values.put("SUB_INDEX", Integer.toString(number));
    return values;
  }

  static String resolve(String code, Map<String, String> values) {
    Matcher name = NAME.matcher(code);
    StringBuilder out = new StringBuilder();
    while (name.find()) {
      String value = values.get(name.group(1));
      name.appendReplacement(out, Matcher.quoteReplacement(value == null ? name.group() : value));
    }
    return name.appendTail(out).toString();
  }

  static Set<String> unresolved(String code) {
    Set<String> names = new LinkedHashSet<>();
    Matcher name = NAME.matcher(code);
    while (name.find()) {
      names.add(name.group(1));
    }
    return names;
  }
}
