package dev.flotilla.node.process;

/**
 * One line of the process table.
 *
 * @param parent pid of the parent
 * @param group process group
 * @param session session
 * @param startTicks when it started, in clock ticks since boot; with the pid it is one process for
 *     ever
 * @param zombie whether it ended and only waits to be collected
 * @param stopped whether a signal stopped it
 */
public record ProcessInfo(
    long pid,
    String name,
    long parent,
    long group,
    long session,
    long startTicks,
    boolean zombie,
    boolean stopped) {

  /**
   * Reads the text of {@code /proc/<pid>/stat}. The name may hold blanks and parentheses.
   *
   * @throws IllegalArgumentException when it is not such a text
   */
  static ProcessInfo parse(String stat) {
    int open = stat.indexOf('(');
    int close = stat.lastIndexOf(')');
    if (open < 0 || close < open) {
      throw new IllegalArgumentException("not a process status: " + stat);
    }
    String[] rest = stat.substring(close + 2).split(" ", 21);
    return new ProcessInfo(
        Long.parseLong(stat.substring(0, open).strip()),
        stat.substring(open + 1, close),
        Long.parseLong(rest[1]),
        Long.parseLong(rest[2]),
        Long.parseLong(rest[3]),
        Long.parseLong(rest[19]),
        rest[0].equals("Z") || rest[0].equals("X"),
        rest[0].equals("T"));
  }
}
