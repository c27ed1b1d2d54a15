package dev.flotilla.cli.scan;

import dev.flotilla.cli.screen.Screen;
import dev.flotilla.cli.screen.Table;
import dev.flotilla.cli.screen.Text;
import dev.flotilla.scan.view.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rows for people: findings as two lines each, the gravest first; other rows as a table whose
 * widest fields give way until it fits.
 */
final class RowsText {
  private static final List<String> FINDINGS =
      List.of("severity", "rule", "machine", "place", "what");
  private static final List<String> GRAVEST = List.of("critical", "high", "medium", "low");
  private static final int WIDEST = 100;
  private static final int LEAST = 12;

  private RowsText() {}

  static void print(Screen screen, View.Rows rows) {
    int width = screen.columns().getAsInt();
    if (rows.columns().equals(FINDINGS)) {
      screen.lines(findings(rows.rows(), Math.min(width, WIDEST)));
      return;
    }
    int[] limits = limits(rows, width);
    Table table =
        new Table(rows.columns().stream().map(Table.Column::left).toArray(Table.Column[]::new));
    for (List<String> row : rows.rows()) {
      String[] cells = new String[row.size()];
      for (int i = 0; i < cells.length; i++) {
        cells[i] = shortened(row.get(i), limits[i]);
      }
      table.row(cells);
    }
    screen.table(table);
  }

  private static List<String> findings(List<List<String>> rows, int width) {
    Map<Integer, List<List<String>>> bySeverity = new TreeMap<>();
    rows.forEach(
        row ->
            bySeverity
                .computeIfAbsent(GRAVEST.indexOf(row.getFirst()), _ -> new ArrayList<>())
                .add(row));
    List<String> lines = new ArrayList<>();
    for (List<List<String>> same : bySeverity.values()) {
      for (List<String> row : same) {
        String head = Text.pad(row.get(0), 9) + row.get(1) + "  " + Text.pad(row.get(2), 7) + " ";
        lines.add((head + shortened(row.get(3), width - Text.width(head))).stripTrailing());
        Text.wrap(Text.tame(row.get(4)), width - 9)
            .forEach(line -> lines.add(" ".repeat(9) + Text.cut(line, width - 9)));
      }
    }
    StringBuilder totals = new StringBuilder();
    bySeverity.forEach(
        (index, same) ->
            totals
                .append(totals.isEmpty() ? "" : ", ")
                .append(same.size())
                .append(' ')
                .append(same.getFirst().getFirst()));
    lines.add("");
    lines.add(rows.size() + (rows.size() == 1 ? " finding: " : " findings: ") + totals);
    return lines;
  }

  /** How wide each field may be, so that a row fits. */
  private static int[] limits(View.Rows rows, int width) {
    int[] widths = new int[rows.columns().size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Text.width(rows.columns().get(i));
      for (List<String> row : rows.rows()) {
        widths[i] = Math.max(widths[i], Text.width(row.get(i)));
      }
    }
    long room = width - 2L * (widths.length - 1);
    while (Arrays.stream(widths).asLongStream().sum() > room) {
      int widest = 0;
      for (int i = 1; i < widths.length; i++) {
        widest = widths[i] >= widths[widest] ? i : widest;
      }
      if (widths[widest] <= LEAST) {
        break;
      }
      widths[widest]--;
    }
    return widths;
  }

  /** Of a path the end matters most, of words the beginning. */
  static String shortened(String text, int width) {
    if (Text.width(text) <= width) {
      return text;
    }
    boolean path = text.indexOf('/') >= 0 && text.indexOf(' ') < 0;
    if (!path) {
      return Text.cut(text, width);
    }
    int from = text.length();
    int used = 1;
    while (from > 0 && used + Text.width(text.substring(from - 1, from)) <= width) {
      from--;
      used += Text.width(text.substring(from, from + 1));
    }
    return "…" + text.substring(from);
  }
}
