package dev.flotilla.cli.screen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows under headings, each column as wide as it needs to be. Where the screen is narrow, columns
 * that may be left out go first, then the last column gives way. Not thread-safe.
 */
public final class Table {
  private static final String GAP = "  ";
  private static final int ROOM_FOR_LAST = 24;
  private static final int LEAST = 8;

  /** One field of a row. */
  public record Cell(String text, Style style) {
    public static Cell of(String text) {
      return new Cell(text, Style.PLAIN);
    }
  }

  /**
   * One column.
   *
   * @param right whether its fields end, rather than begin, at the same place
   * @param worth the column of least worth is left out first; {@code KEPT} ones never are
   */
  public record Column(String heading, boolean right, int worth) {
    private static final int KEPT = Integer.MAX_VALUE;

    public static Column left(String heading) {
      return new Column(heading, false, KEPT);
    }

    public static Column right(String heading) {
      return new Column(heading, true, KEPT);
    }

    /** The same, left out on a narrow screen once those of less worth are. */
    public Column worth(int other) {
      return new Column(heading, right, other);
    }
  }

  private final List<Column> columns;
  private final List<List<Cell>> rows = new ArrayList<>();

  public Table(Column... columns) {
    this.columns = List.of(columns);
  }

  public Table row(Cell... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          "a row must have " + columns.size() + " fields, found " + cells.length);
    }
    rows.add(
        Arrays.stream(cells).map(cell -> new Cell(Text.tame(cell.text()), cell.style())).toList());
    return this;
  }

  public Table row(String... texts) {
    return row(Arrays.stream(texts).map(Cell::of).toArray(Cell[]::new));
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** The lines of the table, none wider than {@code width}, without trailing spaces. */
  public List<String> lines(int width, boolean colour) {
    int[] widths = new int[columns.size()];
    for (int c = 0; c < widths.length; c++) {
      widths[c] = Text.width(columns.get(c).heading());
      for (List<Cell> row : rows) {
        widths[c] = Math.max(widths[c], Text.width(row.get(c).text()));
      }
    }
    List<Integer> shown = shown(widths, width);
    int last = shown.getLast();
    widths[last] =
        Math.max(
            Math.min(widths[last], LEAST), Math.min(widths[last], width - before(shown, widths)));
    List<String> lines = new ArrayList<>();
    lines.add(
        line(
            columns.stream().map(c -> new Cell(c.heading(), Style.DIM)).toList(),
            shown,
            widths,
            colour));
    rows.forEach(row -> lines.add(line(row, shown, widths, colour)));
    return lines;
  }

  /** The columns for which there is room, with enough of it for the last. */
  private List<Integer> shown(int[] widths, int width) {
    List<Integer> shown = new ArrayList<>(IntStream.range(0, widths.length).boxed().toList());
    int wanted = Math.min(widths[widths.length - 1], ROOM_FOR_LAST);
    while (width - before(shown, widths) < wanted) {
      int least = shown.stream().min(Comparator.comparingInt(c -> columns.get(c).worth())).get();
      if (columns.get(least).worth() == Column.KEPT) {
        break;
      }
      shown.remove(Integer.valueOf(least));
    }
    return shown;
  }

  private static int before(List<Integer> shown, int[] widths) {
    int last = shown.size() - 1;
    return shown.stream().limit(last).mapToInt(c -> widths[c]).sum() + GAP.length() * last;
  }

  private String line(List<Cell> cells, List<Integer> shown, int[] widths, boolean colour) {
    StringBuilder line = new StringBuilder();
    for (int c : shown) {
      String text = Text.cut(cells.get(c).text(), widths[c]);
      boolean end = c == shown.getLast();
      String painted = cells.get(c).style().paint(text, colour);
      line.append(
          columns.get(c).right()
              ? Text.padLeft(painted, widths[c])
              : end ? painted : Text.pad(painted, widths[c]));
      line.append(end ? "" : GAP);
    }
    return line.toString().stripTrailing();
  }
}
