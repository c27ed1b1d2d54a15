package dev.flotilla.assistant.cache.semantic;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the guards know of English words, read from {@code lexicon.txt}: a section a heading, a line
 * a group.
 */
final class Lexicon {
  private static final Lexicon ENGLISH = new Lexicon();

  private final Map<String, String> same = new HashMap<>();
  private final Map<String, Set<String>> opposites = new HashMap<>();
  private final Map<String, String> numbers = new HashMap<>();
  private final Set<String> fillers = new HashSet<>();
  private final Set<String> kinds = new HashSet<>();
  private final Set<String> denials = new HashSet<>();
  private final Set<String> questions = new HashSet<>();
  private final Set<String> measures = new HashSet<>();

  private Lexicon() {
    String section = "";
    for (String line : lines()) {
      if (line.startsWith("[")) {
        section = line;
      } else if (!line.isBlank() && !line.startsWith("#")) {
        read(section, line);
      }
    }
  }

  private static List<String> lines() {
    try (InputStream in = Lexicon.class.getResourceAsStream("lexicon.txt")) {
      if (in == null) {
        throw new IllegalStateException("lexicon.txt is not beside its class");
      }
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(String section, String line) {
    List<String> words = List.of(line.strip().split("\\s+"));
    switch (section) {
      case "[same]" -> words.forEach(word -> same.put(word, words.getFirst()));
      case "[opposite]" -> {
        int middle = words.indexOf("|");
        List<String> left = words.subList(0, middle);
        List<String> right = words.subList(middle + 1, words.size());
        left.forEach(word -> oppose(word, right));
        right.forEach(word -> oppose(word, left));
      }
      case "[number]" -> numbers.put(words.get(0), words.get(1));
      case "[filler]" -> fillers.addAll(words);
      case "[kind]" -> kinds.addAll(words);
      case "[denial]" -> denials.addAll(words);
      case "[question]" -> questions.addAll(words);
      case "[measure]" -> measures.addAll(words);
      default -> throw new IllegalStateException("lexicon.txt has the section " + section);
    }
  }

  private void oppose(String word, List<String> others) {
    opposites.computeIfAbsent(word, w -> new HashSet<>()).addAll(others);
  }

  static Optional<String> number(String word) {
    return Optional.ofNullable(ENGLISH.numbers.get(word));
  }

  static boolean isFiller(String word) {
    return ENGLISH.fillers.contains(word);
  }

  static boolean isOfAKind(String word) {
    return ENGLISH.kinds.contains(word);
  }

  static boolean denies(String word) {
    return ENGLISH.denials.contains(word) || word.endsWith("n't");
  }

  static boolean asks(String word) {
    return ENGLISH.questions.contains(word);
  }

  static boolean measures(String word) {
    return ENGLISH.measures.contains(word);
  }

  static boolean isOpposable(String word) {
    return ENGLISH.opposites.containsKey(word);
  }

  /** Whether one says the contrary of the other, by the list or by a prefix. */
  static boolean opposed(String a, String b) {
    return ENGLISH.opposites.getOrDefault(a, Set.of()).contains(b)
        || isDenied(a, b)
        || isDenied(b, a);
  }

  private static boolean isDenied(String plain, String denied) {
    for (String prefix : List.of("un", "dis", "in", "im", "ir", "il", "de", "non", "mis")) {
      if (plain.length() > 2 && denied.equals(prefix + plain)) {
        return true;
      }
    }
    return false;
  }

  /** Without its ending, and as the word that stands for all that mean the same. */
  static String plain(String word) {
    String root = known(word.endsWith("'s") ? word.substring(0, word.length() - 2) : word);
    return ENGLISH.same.getOrDefault(root, root);
  }

  private static String known(String word) {
    if (isKnown(word)) {
      return word;
    }
    for (String[] ending :
        new String[][] {
          {"ies", "y"},
          {"sses", "ss"},
          {"xes", "x"},
          {"ches", "ch"},
          {"shes", "sh"},
          {"s", ""},
          {"ied", "y"},
          {"ed", "e"},
          {"ed", ""},
          {"ing", "e"},
          {"ing", ""},
          {"iest", "y"},
          {"est", "e"},
          {"est", ""},
          {"ier", "y"},
          {"er", "e"},
          {"er", ""}
        }) {
      if (word.length() > ending[0].length() + 2
          && word.endsWith(ending[0])
          && !word.endsWith("ss")) {
        String root = word.substring(0, word.length() - ending[0].length()) + ending[1];
        String single = undoubled(root);
        if (isKnown(root)) {
          return root;
        } else if (isKnown(single)) {
          return single;
        }
      }
    }
    return stem(word);
  }

  private static boolean isKnown(String word) {
    return ENGLISH.same.containsKey(word)
        || ENGLISH.opposites.containsKey(word)
        || ENGLISH.fillers.contains(word)
        || ENGLISH.kinds.contains(word);
  }

  /** {@code stopp} to {@code stop}. */
  private static String undoubled(String root) {
    int last = root.length() - 1;
    return last > 1 && root.charAt(last) == root.charAt(last - 1) ? root.substring(0, last) : root;
  }

  /** The same for all forms of a word that is not known, if no word of a dictionary. */
  private static String stem(String word) {
    String root = word;
    for (String ending : List.of("ing", "ed", "es", "s", "e", "ly")) {
      if (root.length() > ending.length() + 2 && root.endsWith(ending) && !root.endsWith("ss")) {
        root = root.substring(0, root.length() - ending.length());
        break;
      }
    }
    return undoubled(root);
  }
}
