package dev.flotilla.model;

/**
 * A place in a file.
 *
 * @param file as the user named it
 * @param line from 1; 0 when the place is the whole file
 * @param column from 1; 0 when the place is the whole line
 */
public record Position(String file, int line, int column) implements Comparable<Position> {
  @Override
  public int compareTo(Position other) {
    int byFile = file.compareTo(other.file);
    int byLine = Integer.compare(line, other.line);
    return byFile != 0 ? byFile : byLine != 0 ? byLine : Integer.compare(column, other.column);
  }

  /** {@code file:line:column}, shorter where line or column are not known. */
  @Override
  public String toString() {
    return line == 0 ? file : column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
  }
}
