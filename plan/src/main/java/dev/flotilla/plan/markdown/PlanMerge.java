package dev.flotilla.plan.markdown;

import dev.flotilla.plan.Phase;
import dev.flotilla.plan.Plan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Merges two people's versions of a plan field by field: marks, values of the front matter and
 * lines. What both added at one place is kept, ours first; what both changed differently in one
 * field stays between merge markers. A phase number that both gave away is given anew to theirs.
 *
 * @param text the merged plan
 * @param conflicts fields that both changed differently
 */
public record PlanMerge(String text, int conflicts) {

  /** What became of one line of the base on one side. */
  private record Fate(boolean kept, List<MergeLine> becomes) {}

  /** One side seen from the base: the fate of each line, and what was put before each. */
  private record Side(List<Fate> fates, List<List<MergeLine>> before) {}

  /** Merges; the base is the version both started from. */
  public static PlanMerge of(String base, String ours, String theirs) {
    List<MergeLine> lines = MergeLine.of(base);
    Side left = side(lines, MergeLine.of(ours));
    Side right = side(lines, MergeLine.of(theirs));
    StringBuilder out = new StringBuilder();
    int conflicts = 0;
    for (int at = 0; at <= lines.size(); at++) {
      added(out, left.before().get(at), right.before().get(at));
      if (at < lines.size()) {
        conflicts += line(out, lines.get(at), left.fates().get(at), right.fates().get(at));
      }
    }
    return new PlanMerge(renumbered(out.toString()), conflicts);
  }

  private static Side side(List<MergeLine> base, List<MergeLine> now) {
    int[] partner = LineDiff.match(keys(base), keys(now));
    List<Fate> fates = new ArrayList<>();
    List<List<MergeLine>> before = new ArrayList<>();
    int next = 0;
    int at = 0;
    while (at < base.size()) {
      int end = at;
      while (end < base.size() && partner[end] < 0) {
        end++;
      }
      int until = end < base.size() ? partner[end] : now.size();
      List<MergeLine> fresh = now.subList(next, until);
      replaced(fates, before, end - at, fresh);
      if (end < base.size()) {
        if (end == at) {
          before.add(List.copyOf(fresh));
        } else {
          before.add(fresh.size() == end - at ? List.of() : List.copyOf(fresh));
        }
        fates.add(new Fate(true, List.of(now.get(until))));
        next = until + 1;
        at = end + 1;
      } else {
        before.add(fresh.size() == end - at ? List.of() : List.copyOf(fresh));
        return new Side(fates, before);
      }
    }
    before.add(List.copyOf(now.subList(next, now.size())));
    return new Side(fates, before);
  }

  /** As many new lines as old ones: each took the place of one. Otherwise all old ones are gone. */
  private static void replaced(
      List<Fate> fates, List<List<MergeLine>> before, int gone, List<MergeLine> fresh) {
    for (int i = 0; i < gone; i++) {
      before.add(List.of());
      fates.add(new Fate(false, fresh.size() == gone ? List.of(fresh.get(i)) : List.of()));
    }
  }

  private static List<String> keys(List<MergeLine> lines) {
    return lines.stream().map(MergeLine::key).toList();
  }

  private static void added(StringBuilder out, List<MergeLine> left, List<MergeLine> right) {
    left.forEach(line -> append(out, line.raw()));
    if (!raws(left).equals(raws(right))) {
      right.forEach(line -> append(out, line.raw()));
    }
  }

  private static List<String> raws(List<MergeLine> lines) {
    return lines.stream().map(MergeLine::raw).toList();
  }

  private static int line(StringBuilder out, MergeLine base, Fate left, Fate right) {
    String ours = String.join("", raws(left.becomes()));
    String theirs = String.join("", raws(right.becomes()));
    if (ours.equals(theirs) || theirs.equals(base.raw())) {
      append(out, ours);
      return 0;
    }
    if (ours.equals(base.raw())) {
      append(out, theirs);
      return 0;
    }
    if (left.becomes().size() == 1 && right.becomes().size() == 1) {
      MergeLine l = left.becomes().getFirst();
      MergeLine r = right.becomes().getFirst();
      if (l.mark().equals(base.mark()) && r.key().equals(base.key())) {
        append(out, l.head() + r.mark() + l.tail());
        return 0;
      }
      if (r.mark().equals(base.mark()) && l.key().equals(base.key())) {
        append(out, r.head() + l.mark() + r.tail());
        return 0;
      }
    }
    append(out, "<<<<<<< ours\n");
    append(out, ours);
    append(out, "=======\n");
    append(out, theirs);
    append(out, ">>>>>>> theirs\n");
    return 1;
  }

  /** A last line without an ending gets one when something follows it. */
  private static void append(StringBuilder out, String line) {
    if (!line.isEmpty() && !out.isEmpty() && out.charAt(out.length() - 1) != '\n') {
      out.append('\n');
    }
    out.append(line);
  }

  private static String renumbered(String text) {
    Plan plan = PlanReader.read("merged", text);
    Set<Integer> seen = new HashSet<>();
    int next = plan.phases().stream().mapToInt(Phase::index).max().orElse(-1) + 1;
    StringBuilder out = new StringBuilder(text);
    int shift = 0;
    for (Phase phase : plan.phases()) {
      if (!seen.add(phase.index())) {
        String number = Integer.toString(phase.index());
        int at = text.indexOf(number, phase.whole().start());
        String fresh = Integer.toString(next++);
        out.replace(at + shift, at + shift + number.length(), fresh);
        shift += fresh.length() - number.length();
      }
    }
    return out.toString();
  }
}
