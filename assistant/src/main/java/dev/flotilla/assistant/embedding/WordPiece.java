package dev.flotilla.assistant.embedding;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * BERT's uncased tokenizer: text to the numbers of the word pieces it is made of, the same as the
 * reference implementation's. Immutable.
 */
final class WordPiece {
  private static final int LONGEST_WORD = 100;
  private static final String INSIDE = "##";

  private final Map<String, Integer> vocabulary;
  private final int unknown;
  private final int begin;
  private final int end;

  /**
   * @param vocabulary the numbers of the pieces; has {@code [UNK]}, {@code [CLS]}, {@code [SEP]}
   */
  WordPiece(Map<String, Integer> vocabulary) {
    this.vocabulary = Map.copyOf(vocabulary);
    this.unknown = special("[UNK]");
    this.begin = special("[CLS]");
    this.end = special("[SEP]");
  }

  private int special(String piece) {
    Integer id = vocabulary.get(piece);
    if (id == null) {
      throw new IllegalArgumentException("a vocabulary without " + piece);
    }
    return id;
  }

  /** The whole text, between the marks of its beginning and its end. */
  long[] ids(String text) {
    List<Integer> ids = new ArrayList<>();
    ids.add(begin);
    for (String word : words(clean(text))) {
      pieces(word, ids);
    }
    ids.add(end);
    return ids.stream().mapToLong(Integer::longValue).toArray();
  }

  /** Lower case without accents, one kind of space, and none of what cannot be seen. */
  private static String clean(String text) {
    StringBuilder seen = new StringBuilder(text.length());
    text.codePoints()
        .filter(c -> c != 0 && c != 0xFFFD && (isSpace(c) || !isControl(c)))
        .forEach(
            c -> {
              if (isHan(c)) {
                seen.append(' ').appendCodePoint(c).append(' ');
              } else {
                seen.appendCodePoint(isSpace(c) ? ' ' : c);
              }
            });
    StringBuilder plain = new StringBuilder(seen.length());
    Normalizer.normalize(seen, Normalizer.Form.NFD)
        .codePoints()
        .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
        .forEach(plain::appendCodePoint);
    return lower(plain);
  }

  /** Letter by letter: a sigma at the end of a word is like any other. */
  private static String lower(CharSequence text) {
    StringBuilder lower = new StringBuilder(text.length());
    text.codePoints().forEach(c -> lower.append(Character.toString(c).toLowerCase(Locale.ROOT)));
    return lower.toString();
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (isSpace(c) || isPunctuation(c)) {
                end(word, words);
              }
              if (isPunctuation(c)) {
                words.add(Character.toString(c));
              } else if (!isSpace(c)) {
                word.appendCodePoint(c);
              }
            });
    end(word, words);
    return words;
  }

  private static void end(StringBuilder word, List<String> words) {
    if (!word.isEmpty()) {
      words.add(word.toString());
      word.setLength(0);
    }
  }

  /** The longest piece that fits, again and again; unknown as a whole when one does not. */
  private void pieces(String word, List<Integer> ids) {
    int before = ids.size();
    if (word.codePointCount(0, word.length()) > LONGEST_WORD) {
      ids.add(unknown);
      return;
    }
    int start = 0;
    while (start < word.length()) {
      int stop = word.length();
      Integer id = null;
      while (id == null && stop > start) {
        id = vocabulary.get((start == 0 ? "" : INSIDE) + word.substring(start, stop));
        if (id == null) {
          stop = word.offsetByCodePoints(stop, -1);
        }
      }
      if (id == null) {
        ids.subList(before, ids.size()).clear();
        ids.add(unknown);
        return;
      }
      ids.add(id);
      start = stop;
    }
  }

  private static boolean isSpace(int c) {
    return c == '\t' || c == '\n' || c == '\r' || Character.isSpaceChar(c);
  }

  private static boolean isControl(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.PRIVATE_USE, Character.SURROGATE -> true;
      case Character.UNASSIGNED -> true;
      default -> false;
    };
  }

  private static boolean isPunctuation(int c) {
    if (c < 128) {
      return c > ' ' && c < 127 && !Character.isLetterOrDigit(c);
    }
    return switch (Character.getType(c)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }

  private static boolean isHan(int c) {
    return (c >= 0x4E00 && c <= 0x9FFF)
        || (c >= 0x3400 && c <= 0x4DBF)
        || (c >= 0x20000 && c <= 0x2A6DF)
        || (c >= 0x2A700 && c <= 0x2CEAF)
        || (c >= 0xF900 && c <= 0xFAFF)
        || (c >= 0x2F800 && c <= 0x2FA1F);
  }
}
