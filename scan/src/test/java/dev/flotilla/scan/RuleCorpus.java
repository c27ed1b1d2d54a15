package dev.flotilla.scan;

import dev.flotilla.scan.rules.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The cases of a rule in {@code rules/FLT….txt}: {@code === bad} or {@code === good} with a name,
 * then a file's lines, or several files each after {@code --- path}. A line {@code !what N} stands
 * for lines that would be tedious to write out.
 */
final class RuleCorpus {
  /** Stands for 201 MiB. */
  static final String HUGE = "(201 MiB)\n";

  private RuleCorpus() {}

  /** A small repository in which the rule has something to find, or not. */
  record Case(String name, boolean bad, Map<String, String> files) {}

  static List<Case> of(Rule rule) throws IOException {
    String file = "/rules/" + rule.id() + ".txt";
    try (InputStream in = RuleCorpus.class.getResourceAsStream(file)) {
      String text =
          new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
      List<Case> cases = new ArrayList<>();
      for (String block : text.split("(?m)^=== ", -1)) {
        if (!block.isBlank()) {
          cases.add(one(block));
        }
      }
      return cases;
    }
  }

  private static Case one(String block) {
    int end = block.indexOf('\n');
    String name = block.substring(0, end);
    Map<String, StringBuilder> files = new TreeMap<>();
    String current = "agent.py";
    for (String line : block.substring(end + 1).split("\n", -1)) {
      if (line.matches("--- \\S.*")) {
        current = line.substring(4);
        files.put(current, new StringBuilder());
      } else {
        StringBuilder text = files.computeIfAbsent(current, _ -> new StringBuilder());
        text.append(line.startsWith("!") ? Generated.lines(line) : line + "\n");
      }
    }
    Map<String, String> result = new TreeMap<>();
    files.forEach((path, text) -> result.put(path, text.toString().stripTrailing() + "\n"));
    return new Case(name, name.startsWith("bad"), result);
  }

  /** Lines that follow a plan. */
  private static final class Generated {
    static String lines(String word) {
      String[] parts = word.substring(1).split(" ", -1);
      int n = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
      return switch (parts[0]) {
        case "large" -> "x = 1\n".repeat(9 << 18);
        case "huge" -> HUGE;
        case "branches" -> "def f(x):\n" + "    if x:\n        g()\n".repeat(n);
        case "method-branches" ->
            "class A:\n    def f(self, x):\n" + "        if x:\n            g()\n".repeat(n);
        case "nested" -> nested(n, "");
        case "nested-method" -> nested(n, "    ");
        case "methods" -> "class A:\n" + numbered("    def m%d(self):\n        pass\n", n);
        case "functions" -> numbered("def f%d():\n    pass\n", n);
        case "god" ->
            "class A:\n"
                + numbered(
                    """
                        def m%1$d(self, a):
                            if a.x%1$d:
                                return a.y%1$d
                            if self.z%1$d:
                                return a.w%1$d
                    """
                        .indent(4),
                    20);
        case "agent" -> agent("Agent", n);
        case "other" -> other();
        default -> throw new IllegalArgumentException(word);
      };
    }

    private static String numbered(String pattern, int count) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < count; i++) {
        text.append(String.format(pattern, i));
      }
      return text.toString();
    }

    private static String nested(int depth, String indent) {
      StringBuilder text = new StringBuilder(indent + "def f(x):\n");
      for (int i = 1; i <= depth; i++) {
        text.append(indent).append("    ".repeat(i)).append("if x > ").append(i).append(":\n");
      }
      return text.append(indent).append("    ".repeat(depth + 1)).append("g()\n").toString();
    }

    /** Sixty small methods, each unlike the others; the first ones changed. */
    private static String agent(String name, int changed) {
      StringBuilder text = new StringBuilder("import zmq\n\nclass " + name + ":\n");
      for (int i = 0; i < 60; i++) {
        String what = i < changed ? "changed" : "step";
        text.append("    def ").append(what).append(i).append("(self, message, reply):\n");
        text.append("        part").append(i).append(" = self.").append(what).append(i * 7);
        text.append("(message, reply)\n        if part").append(i).append(":\n");
        text.append("            return reply.send").append(i * 3).append("(message.field");
        text.append(i * 5).append(", part").append(i).append(")\n        return None\n\n");
      }
      return text.toString();
    }

    private static String other() {
      StringBuilder text = new StringBuilder("import json\n\n");
      for (int i = 0; i < 60; i++) {
        text.append("for row").append(i).append(" in table").append(i).append(".rows():\n");
        text.append("    while row").append(i).append(".next[").append(i).append("] != last");
        text.append(i).append(":\n        total").append(i).append(" += row").append(i);
        text.append(".amount").append(i * 2).append(" * rate").append(i).append("\n");
      }
      return text.toString();
    }
  }
}
