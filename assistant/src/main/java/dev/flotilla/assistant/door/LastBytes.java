package dev.flotilla.assistant.door;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The last of many small entries, in one array: however many come and go, the garbage collector has
 * one object to look after and none to move. Grows to its full size as it is needed. Thread-safe.
 */
final class LastBytes {
  private static final int SMALLEST = 64 << 10;

  private final int most;
  private final int mostBytes;
  private final int[] keys;
  private final int[] starts;
  private final int[] lengths;
  private byte[] bytes;
  private int first;
  private int count;

  /**
   * @param most how many are kept
   * @param mostBytes that they may have together; so fewer are kept when they are long
   */
  LastBytes(int most, int mostBytes) {
    this.most = most;
    this.mostBytes = mostBytes;
    this.keys = new int[most];
    this.starts = new int[most];
    this.lengths = new int[most];
    this.bytes = new byte[Math.min(SMALLEST, mostBytes)];
  }

  /**
   * Forgets the oldest where it needs their room.
   *
   * @param key to find it by; several may have the same
   * @param entry nothing is kept of one that is longer than all may be together
   */
  synchronized void add(int key, byte[] entry) {
    if (entry.length > mostBytes) {
      return;
    }
    int start = room(entry.length);
    System.arraycopy(entry, 0, bytes, start, entry.length);
    int slot = slot(count++);
    keys[slot] = key;
    starts[slot] = start;
    lengths[slot] = entry.length;
  }

  /** Those with this key. */
  synchronized List<byte[]> find(int key) {
    List<byte[]> found = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (keys[slot(i)] == key) {
        found.add(entry(i));
      }
    }
    return found;
  }

  /** The newest first. */
  synchronized List<byte[]> newest(int howMany) {
    List<byte[]> entries = new ArrayList<>();
    for (int i = count - 1; i >= 0 && entries.size() < howMany; i--) {
      entries.add(entry(i));
    }
    return entries;
  }

  /** Where so many bytes can be put behind the newest, or at the beginning when its end is near. */
  private int room(int length) {
    while (true) {
      int end = count == 0 ? 0 : starts[slot(count - 1)] + lengths[slot(count - 1)];
      int start = end + length <= bytes.length ? end : 0;
      if ((start < end && bytes.length < mostBytes) || length > bytes.length) {
        grow();
        continue;
      }
      while (count > 0 && (count == most || inTheWay(start, end, length))) {
        first = (first + 1) % most;
        count--;
      }
      return start;
    }
  }

  private boolean inTheWay(int start, int end, int length) {
    int oldest = starts[first];
    return start < end
        ? oldest >= end || oldest < length
        : oldest >= start && oldest < start + length;
  }

  private void grow() {
    byte[] larger = new byte[(int) Math.min(mostBytes, 2L * bytes.length)];
    int end = 0;
    for (int i = 0; i < count; i++) {
      int slot = slot(i);
      System.arraycopy(bytes, starts[slot], larger, end, lengths[slot]);
      starts[slot] = end;
      end += lengths[slot];
    }
    bytes = larger;
  }

  private byte[] entry(int index) {
    int slot = slot(index);
    return Arrays.copyOfRange(bytes, starts[slot], starts[slot] + lengths[slot]);
  }

  private int slot(int index) {
    return (first + index) % most;
  }
}
