package com.oracle.graal.python.pegparser;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The parser's memory of which rule gave what at which token. It stands on the class path before
 * the class of the same name in the parser's own jar, whose maps of maps cost more than the parsing
 * itself; without it everything works, half as fast. For one thread, as its parser is.
 */
final class RuleResultCache<T> {
  private static final int FIRST = 1 << 12;

  private final AbstractParser parser;
  private long[] keys = new long[FIRST];
  private int[] ends = new int[FIRST];
  private @Nullable Object[] nodes = new @Nullable Object[FIRST];
  private int size;

  public RuleResultCache(AbstractParser parser) {
    this.parser = parser;
  }

  public boolean hasResult(int position, int rule) {
    return keys[slot(position, rule)] != 0;
  }

  @SuppressWarnings("unchecked")
  public @Nullable T getResult(int position, int rule) {
    int slot = slot(position, rule);
    parser.reset(ends[slot]);
    return (@Nullable T) nodes[slot];
  }

  public @Nullable T putResult(int position, int rule, @Nullable T node) {
    int slot = slot(position, rule);
    if (keys[slot] == 0 && ++size * 2 > keys.length) {
      grow();
      slot = slot(position, rule);
    }
    keys[slot] = key(position, rule);
    ends[slot] = parser.mark();
    nodes[slot] = node;
    return node;
  }

  public void clear() {
    Arrays.fill(keys, 0);
    Arrays.fill(nodes, null);
    size = 0;
  }

  private static long key(int position, int rule) {
    return ((long) position << 32) | rule;
  }

  /** Where the key stands, or the free place where it belongs. */
  private int slot(int position, int rule) {
    long key = key(position, rule);
    int mask = keys.length - 1;
    int at = (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    while (keys[at] != key && keys[at] != 0) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldEnds = ends;
    @Nullable Object[] oldNodes = nodes;
    keys = new long[oldKeys.length * 2];
    ends = new int[oldKeys.length * 2];
    nodes = new @Nullable Object[oldKeys.length * 2];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        int slot = slot((int) (oldKeys[i] >>> 32), (int) oldKeys[i]);
        keys[slot] = oldKeys[i];
        ends[slot] = oldEnds[i];
        nodes[slot] = oldNodes[i];
      }
    }
  }
}
