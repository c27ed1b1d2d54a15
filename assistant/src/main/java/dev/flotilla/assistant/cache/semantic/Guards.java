package dev.flotilla.assistant.cache.semantic;

import dev.flotilla.assistant.embedding.Meaning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Why a question is not the one that was asked before, however alike the two are. Vectors cannot
 * tell "enable GPU 0" from "disable GPU 1"; words can. They refuse in doubt: a question too many
 * costs a call, an answer to another question costs trust.
 */
public final class Guards {
  /** As alike as two words must be that stand for one another. */
  private static final double WORDS_ALIKE = 0.62;

  private final Meaning meaning;

  public Guards(Meaning meaning) {
    this.meaning = meaning;
  }

  /** What tells the two apart, for people; empty when nothing does. */
  public Optional<String> apart(String asked, String before) {
    Wording a = Wording.of(asked);
    Wording b = Wording.of(before);
    if (!a.numbers().equals(b.numbers())) {
      return said("numbers", a.numbers(), b.numbers());
    } else if (a.denials() != b.denials()) {
      return Optional.of("one denies and the other does not");
    } else if (!a.question().equals(b.question())
        && !a.question().isEmpty()
        && !b.question().isEmpty()) {
      return said("questions", List.of(a.question()), List.of(b.question()));
    } else if (!a.kinds().equals(b.kinds())) {
      return said("words", a.kinds(), b.kinds());
    } else if (!sameNames(a, b)) {
      return said("names", a.names(), b.names());
    }
    return content(a, b);
  }

  private static Optional<String> said(String what, List<String> a, List<String> b) {
    return Optional.of("other %s: %s and %s".formatted(what, a, b));
  }

  /** In the same order, but that one may write small what the other writes large. */
  private static boolean sameNames(Wording a, Wording b) {
    List<String> first = plain(a);
    List<String> second = plain(b);
    List<String> common = new ArrayList<>(first);
    common.retainAll(second);
    List<String> others = new ArrayList<>(second);
    others.retainAll(first);
    return common.equals(others)
        && first.stream().allMatch(name -> second.contains(name) || b.content().contains(name))
        && second.stream().allMatch(name -> first.contains(name) || a.content().contains(name));
  }

  private static List<String> plain(Wording wording) {
    return wording.names().stream().map(Lexicon::plain).toList();
  }

  /** Every word must have its counterpart: the same, or one that means the same. */
  private Optional<String> content(Wording a, Wording b) {
    List<String> left = without(a.content(), b);
    List<String> right = without(b.content(), a);
    for (String word : left) {
      for (String other : right) {
        if (Lexicon.opposed(word, other)) {
          return Optional.of("\"%s\" and \"%s\" are opposed".formatted(word, other));
        }
      }
    }
    List<String> unmatched = new ArrayList<>(right);
    for (String word : left) {
      Optional<String> counterpart =
          unmatched.stream().filter(other -> likeness(word, other) >= WORDS_ALIKE).findFirst();
      if (counterpart.isEmpty()) {
        return Optional.of("\"%s\" has no counterpart".formatted(word));
      }
      unmatched.remove(counterpart.get());
    }
    return unmatched.isEmpty()
        ? reversed(a, b)
        : Optional.of("\"%s\" has no counterpart".formatted(unmatched.getFirst()));
  }

  private static List<String> without(List<String> words, Wording other) {
    List<String> rest = new ArrayList<>(words);
    other.content().forEach(rest::remove);
    plain(other).forEach(rest::remove);
    return rest;
  }

  /** "A before B" and "B before A" have the same words. */
  private static Optional<String> reversed(Wording a, Wording b) {
    List<String> common = new ArrayList<>(a.content());
    common.retainAll(b.content());
    List<String> theirs = new ArrayList<>(b.content());
    theirs.retainAll(a.content());
    return a.content().size() >= 2 && common.size() == theirs.size() && !common.equals(theirs)
        ? Optional.of("the same words in another order")
        : Optional.empty();
  }

  private double likeness(String a, String b) {
    List<float[]> both = meaning.of(List.of(a, b));
    return Meaning.likeness(both.get(0), both.get(1));
  }
}
