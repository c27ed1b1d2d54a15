package dev.flotilla.plan.markdown;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Which line of one text is which line of another, by Myers' algorithm on the lines' keys. */
final class LineDiff {
  private static final int MOST_EDITS = 4000;

  private LineDiff() {}

  /** For each line of the first its partner in the second, −1 where it has none. */
  static int[] match(List<String> a, List<String> b) {
    int[] partner = new int[a.size()];
    Arrays.fill(partner, -1);
    int start = 0;
    while (start < a.size() && start < b.size() && a.get(start).equals(b.get(start))) {
      partner[start] = start;
      start++;
    }
    int endA = a.size();
    int endB = b.size();
    while (endA > start && endB > start && a.get(endA - 1).equals(b.get(endB - 1))) {
      partner[--endA] = --endB;
    }
    middle(a, start, endA, b, start, endB, partner);
    return partner;
  }

  private static void middle(
      List<String> a, int startA, int endA, List<String> b, int startB, int endB, int[] partner) {
    int n = endA - startA;
    int m = endB - startB;
    if (n == 0 || m == 0) {
      return;
    }
    int most = Math.min(n + m, MOST_EDITS);
    int[] furthest = new int[2 * most + 3];
    List<int[]> trace = new ArrayList<>();
    for (int d = 0; d <= most; d++) {
      trace.add(Arrays.copyOfRange(furthest, most + 1 - d - 1, most + 1 + d + 2));
      for (int k = -d; k <= d; k += 2) {
        int at = most + 1 + k;
        boolean down = k == -d || (k != d && furthest[at - 1] < furthest[at + 1]);
        int x = down ? furthest[at + 1] : furthest[at - 1] + 1;
        int y = x - k;
        while (x < n && y < m && a.get(startA + x).equals(b.get(startB + y))) {
          x++;
          y++;
        }
        furthest[at] = x;
        if (x >= n && y >= m) {
          walk(trace, d, n, m, startA, startB, partner);
          return;
        }
      }
    }
  }

  private static void walk(
      List<int[]> trace, int edits, int n, int m, int startA, int startB, int[] partner) {
    int x = n;
    int y = m;
    for (int d = edits; d >= 0; d--) {
      int[] before = trace.get(d);
      int k = x - y;
      int at = d + 1 + k;
      boolean down = k == -d || (k != d && before[at - 1] < before[at + 1]);
      int fromK = down ? k + 1 : k - 1;
      int fromX = d == 0 ? 0 : before[d + 1 + fromK];
      int fromY = d == 0 ? 0 : fromX - fromK;
      while (x > fromX && y > fromY && x > 0 && y > 0) {
        x--;
        y--;
        partner[startA + x] = startB + y;
      }
      x = fromX;
      y = fromY;
    }
  }
}
