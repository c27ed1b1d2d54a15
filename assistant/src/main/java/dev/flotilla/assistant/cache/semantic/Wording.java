package dev.flotilla.assistant.cache.semantic;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text as its words: what carries meaning, in order, lower case and without endings; its numbers;
 * its names; and whether it denies. Immutable.
 *
 * @param content words that carry meaning and are none of the others
 * @param numbers in order, number words too, each with the unit written onto it
 * @param names identifiers, paths, addresses, words in quotes, and words written large within a
 *     sentence; in order
 * @param kinds words of a kind of which another changes what is asked: days, languages,
 *     directions…; in order
 * @param denials how many words deny
 * @param question the question word and what goes with it, such as {@code how many}; empty when it
 *     is none
 */
record Wording(
    List<String> content,
    List<String> numbers,
    List<String> names,
    List<String> kinds,
    int denials,
    String question) {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\"[^\"]+\"|“[^”]+”|'[^' ]+'"
              + "|[\\p{L}\\p{N}_]+(?:[./:@\\\\_-]+[\\p{L}\\p{N}_]+)*(?:['’]\\p{L}+)?|[/~][\\p{L}\\p{N}_./-]+|[<>]=?|[=!]?=|[+*/^%-]|[$€£¥]");
  private static final Pattern NUMBER = Pattern.compile("(\\d+(?:[.,]\\d+)*)(\\p{L}{0,4})");
  private static final Pattern QUOTED = Pattern.compile("[\"“'](.+)[\"”']");

  static Wording of(String text) {
    Reader reader = new Reader();
    Matcher tokens = TOKEN.matcher(text);
    int end = 0;
    while (tokens.find()) {
      boolean first = text.substring(end, tokens.start()).matches("(?s).*[.!?:;\\n].*") || end == 0;
      reader.read(tokens.group(), first);
      end = tokens.end();
    }
    return reader.wording();
  }

  /** Reads token by token. */
  private static final class Reader {
    private final List<String> content = new ArrayList<>();
    private final List<String> numbers = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<String> kinds = new ArrayList<>();
    private int denials;
    private String question = "";
    private String before = "";

    void read(String token, boolean first) {
      String lower = token.toLowerCase(Locale.ROOT).replace('’', '\'');
      Matcher quoted = QUOTED.matcher(token);
      Matcher number = NUMBER.matcher(lower);
      if (quoted.matches()) {
        names.add(quoted.group(1).toLowerCase(Locale.ROOT));
      } else if (number.matches()) {
        numbers.add(number.group(1).replace(",", "") + number.group(2));
      } else if (Lexicon.number(lower).isPresent() && !(lower.equals("one") && isPronoun())) {
        numbers.add(Lexicon.number(lower).get());
      } else if (Lexicon.denies(lower)) {
        denials++;
      } else if (isIdentifier(token)) {
        names.add(lower);
      } else {
        word(token, lower, first);
      }
      before = lower;
    }

    /** "this one", "which one", "the one". */
    private boolean isPronoun() {
      return before.matches("this|that|which|the|any|no|each|every");
    }

    private void word(String token, String lower, boolean first) {
      String plain = Lexicon.plain(lower);
      String bare = lower.endsWith("'s") ? lower.substring(0, lower.length() - 2) : lower;
      if (question.isEmpty() && Lexicon.asks(bare)) {
        question = bare;
      } else if (question.equals("who") && before.equals("who") && lower.matches("do|does|did")) {
        question = "whom";
      } else if (question.equals("how") && before.equals("how") && Lexicon.measures(lower)) {
        question = "how " + lower;
      } else if (Lexicon.isOfAKind(plain)) {
        kinds.add(plain);
      } else if (isName(token, first, plain)) {
        names.add(lower);
      } else if (!Lexicon.isFiller(lower) && !Lexicon.isFiller(plain)) {
        content.add(plain);
      }
    }

    private static boolean isName(String token, boolean first, String plain) {
      boolean large = Character.isUpperCase(token.codePointAt(0));
      boolean shouted = token.length() > 1 && token.equals(token.toUpperCase(Locale.ROOT));
      return large
          && (!first || shouted)
          && !Lexicon.isFiller(plain)
          && !Lexicon.isOpposable(plain);
    }

    /** With a digit, a dot, a slash, an underline or a hump inside; or a sign. */
    private static boolean isIdentifier(String token) {
      return token.matches(".*[\\d_/\\\\@:.<>=!+*^%$€£¥].*")
          || token.matches("\\p{Ll}+\\p{Lu}.*")
          || token.matches("\\p{Lu}\\p{Ll}+\\p{Lu}.*")
          || token.equals("-");
    }

    Wording wording() {
      return new Wording(
          List.copyOf(content),
          List.copyOf(numbers),
          List.copyOf(names),
          List.copyOf(kinds),
          denials,
          question);
    }
  }
}
