package dev.flotilla.bus.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubjectIndexTest {
  private record Listener(String pattern, String queue, int number) {}

  @ParameterizedTest
  @CsvSource({
    "a, a, true",
    "a, b, false",
    "a, a.b, false",
    "a.b, a, false",
    "*, a, true",
    "*, a.b, false",
    "a.*, a.b, true",
    "a.*, a, false",
    "*.b, a.b, true",
    ">, a, true",
    ">, a.b.c, true",
    "a.>, a.b, true",
    "a.>, a, false",
    "a.*.c, a.b.c, true",
    "a.*.>, a.b, false",
    "*.*, a.b, true",
    "a*, ab, false",
    "a*, a*, true",
    ">, '', false",
    ">, a..b, false",
    ">, .a, false",
    ">, a., false"
  })
  void matchesAsTheGrammarSays(String pattern, String subject, boolean expected) {
    SubjectIndex<String> index = new SubjectIndex<>();
    index.add(pattern, "", "me");
    Match<String> found = new Match<>();
    index.match(subject, found);
    assertThat(found.plain()).hasSize(expected ? 1 : 0);
  }

  @Test
  void joinsQueuesOfOneName() {
    SubjectIndex<String> index = new SubjectIndex<>();
    index.add("a.*", "q", "one");
    index.add("a.b", "q", "two");
    index.add("a.b", "r", "three");
    Match<String> found = new Match<>();
    index.match("a.b", found);
    assertThat(found.queueCount()).isEqualTo(2);
    List<List<String>> groups = List.of(found.queue(0), found.queue(1));
    assertThat(groups)
        .anySatisfy(group -> assertThat(group).containsExactlyInAnyOrder("one", "two"))
        .anySatisfy(group -> assertThat(group).containsExactly("three"));
  }

  /** Thousands of random changes, each checked against a matcher that compares token by token. */
  @Test
  void agreesWithTheNaiveMatcher() {
    for (long seed = 0; seed < 30; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      SubjectIndex<Listener> index = new SubjectIndex<>();
      List<Listener> all = new ArrayList<>();
      Match<Listener> found = new Match<>();
      for (int step = 0; step < 400; step++) {
        if (all.isEmpty() || random.nextInt(3) > 0) {
          String queue = random.nextInt(3) == 0 ? "q" + random.nextInt(2) : "";
          Listener listener = new Listener(pattern(random), queue, step);
          all.add(listener);
          index.add(listener.pattern(), listener.queue(), listener);
        } else {
          Listener gone = all.remove(random.nextInt(all.size()));
          index.remove(gone.pattern(), gone.queue(), gone);
        }
        String subject = subject(random);
        index.match(subject, found);
        assertThat(asMap(found)).as("seed %d: %s", seed, subject).isEqualTo(naive(all, subject));
        assertThat(index.size()).isEqualTo(all.size());
      }
      all.forEach(left -> index.remove(left.pattern(), left.queue(), left));
      assertThat(index.empty()).isTrue();
    }
  }

  @Test
  void removesOnlyWhatIsThere() {
    SubjectIndex<String> index = new SubjectIndex<>();
    index.add("a.b", "", "me");
    index.remove("a.b.c", "", "me");
    index.remove("a.b", "q", "me");
    index.remove("a.b", "", "you");
    assertThat(index.size()).isEqualTo(1);
  }

  private static Map<String, List<Listener>> asMap(Match<Listener> found) {
    Map<String, List<Listener>> map = new HashMap<>();
    found.plain().forEach(l -> map.computeIfAbsent("", q -> new ArrayList<>()).add(l));
    for (int i = 0; i < found.queueCount(); i++) {
      map.put(found.queue(i).getFirst().queue(), new ArrayList<>(found.queue(i)));
    }
    map.values().forEach(list -> list.sort((a, b) -> a.number() - b.number()));
    return map;
  }

  private static Map<String, List<Listener>> naive(List<Listener> all, String subject) {
    Map<String, List<Listener>> map = new HashMap<>();
    for (Listener listener : all) {
      if (matches(listener.pattern().split("\\.", -1), subject.split("\\.", -1))) {
        map.computeIfAbsent(listener.queue(), q -> new ArrayList<>()).add(listener);
      }
    }
    return map;
  }

  private static boolean matches(String[] pattern, String[] subject) {
    for (int i = 0; i < pattern.length; i++) {
      if (pattern[i].equals(">")) {
        return subject.length > i;
      }
      if (i >= subject.length || !(pattern[i].equals("*") || pattern[i].equals(subject[i]))) {
        return false;
      }
    }
    return pattern.length == subject.length;
  }

  private static String pattern(SplittableRandom random) {
    List<String> tokens = new ArrayList<>();
    int length = 1 + random.nextInt(4);
    for (int i = 0; i < length; i++) {
      int kind = random.nextInt(8);
      if (kind == 0 && i == length - 1) {
        tokens.add(">");
      } else {
        tokens.add(kind < 3 ? "*" : String.valueOf((char) ('a' + random.nextInt(3))));
      }
    }
    return String.join(".", tokens);
  }

  private static String subject(SplittableRandom random) {
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(4); i++) {
      tokens.add(String.valueOf((char) ('a' + random.nextInt(3))));
    }
    return String.join(".", tokens);
  }
}
