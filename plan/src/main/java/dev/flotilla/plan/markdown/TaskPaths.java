package dev.flotilla.plan.markdown;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Numbers tasks by their indentation: a deeper line is a child of the line above it. */
final class TaskPaths {
  private record Level(int indent, int count) {}

  private final List<Level> levels = new ArrayList<>();

  String next(int indent) {
    while (!levels.isEmpty() && levels.getLast().indent() > indent && levels.size() > 1) {
      levels.removeLast();
    }
    if (levels.isEmpty() || levels.getLast().indent() < indent) {
      levels.add(new Level(indent, 1));
    } else {
      Level last = levels.removeLast();
      levels.add(new Level(Math.min(indent, last.indent()), last.count() + 1));
    }
    return levels.stream().map(l -> Integer.toString(l.count())).collect(Collectors.joining("."));
  }
}
