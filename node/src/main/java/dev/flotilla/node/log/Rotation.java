package dev.flotilla.node.log;

/**
 * When a log is rotated and how many old ones are kept.
 *
 * @param bytes over this size it is rotated, at least 1
 * @param keep compressed old logs of one agent, at least 1
 */
public record Rotation(long bytes, int keep) {

  /** 16 MiB and five old ones. */
  public static final Rotation DEFAULT = new Rotation(16L << 20, 5);

  public Rotation {
    if (bytes < 1 || keep < 1) {
      throw new IllegalArgumentException("at least 1 byte and 1 old log");
    }
  }
}
