package dev.flotilla.scan.read;

import dev.flotilla.scan.facts.Hole;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which of several texts a name may stand for is the one; nothing is guessed. */
final class Candidates {
  /** The value {@code None}. */
  static final String NONE = "«none:»";

  private Candidates() {}

  /** The first text that is known; without one, the first that is not None. */
  static String firstKnown(List<String> texts) {
    for (String text : texts) {
      if (!text.equals(NONE) && !text.isEmpty() && softest(text)) {
        return text;
      }
    }
    for (String text : texts) {
      if (!text.equals(NONE)) {
        return text;
      }
    }
    return NONE;
  }

  /** Known, or known but for configuration and environment. */
  private static boolean softest(String text) {
    for (Hole hole : Hole.in(text)) {
      boolean settled =
          (hole.kind().equals("config") || hole.kind().equals("env"))
              && hole.detail().indexOf('=') >= 0;
      if (!settled) {
        return false;
      }
    }
    return true;
  }

  static String onlyOne(List<String> texts, String name) {
    Set<String> distinct = new LinkedHashSet<>(texts);
    distinct.remove(NONE);
    distinct.remove("");
    if (distinct.size() > 1) {
      distinct.removeIf(
          text -> Hole.only(text).filter(h -> h.kind().equals("parameter")).isPresent());
    }
    if (distinct.size() == 1) {
      return distinct.iterator().next();
    }
    List<String> known = distinct.stream().filter(Candidates::softest).toList();
    if (known.size() == 1) {
      String fallback = known.getFirst();
      return fallback.indexOf('«') >= 0
          ? fallback
          : new Hole("config", name + "=" + fallback).toString();
    }
    return distinct.isEmpty()
        ? texts.isEmpty() ? unknown(name) : NONE
        : unknown(name + " has " + distinct.size() + " values");
  }

  static String unknown(String what) {
    return new Hole("unknown", what.replace('«', '<').replace('»', '>')).toString();
  }
}
