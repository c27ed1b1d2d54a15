package dev.flotilla.cli.screen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows under headings, each column as wide as it needs to be; the last column gives way where the
 * screen is narrow. Not thread-safe.
 */
public final class Table {
  private static final String GAP = "  ";

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
   */
  public record Column(String heading, boolean right) {
    public static Column left(String heading) {
      return new Column(heading, false);
    }

    public static Column right(String heading) {
      return new Column(heading, true);
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
    int last = widths.length - 1;
    int before = Arrays.stream(widths, 0, last).sum() + GAP.length() * last;
    widths[last] = Math.max(Math.min(widths[last], 8), Math.min(widths[last], width - before));
    List<String> lines = new ArrayList<>();
    lines.add(
        line(columns.stream().map(c -> new Cell(c.heading(), Style.DIM)).toList(), widths, colour));
    rows.forEach(row -> lines.add(line(row, widths, colour)));
    return lines;
  }

  private String line(List<Cell> cells, int[] widths, boolean colour) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < cells.size(); c++) {
      String text = Text.cut(cells.get(c).text(), widths[c]);
      boolean end = c == cells.size() - 1;
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
