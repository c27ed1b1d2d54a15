package dev.flotilla.assistant.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LastTextsTest {
  @Test
  void theNewestAreKeptAndFoundByTheirKey() {
    LastTexts texts = new LastTexts(2, 1 << 20);
    texts.add(1, bytes("one"));
    texts.add(2, bytes("two"));
    texts.add(3, bytes("three"));
    assertThat(texts.newest(5)).containsExactly(bytes("three"), bytes("two"));
    assertThat(texts.newest(1)).containsExactly(bytes("three"));
    assertThat(texts.find(2)).containsExactly(bytes("two"));
    assertThat(texts.find(1)).isEmpty();
  }

  @Test
  void aTextThatIsLongerThanAllMayBeIsNotKept() {
    LastTexts texts = new LastTexts(10, 100);
    texts.add(1, new byte[100]);
    texts.add(2, new byte[101]);
    assertThat(texts.newest(10)).containsExactly(new byte[100]);
  }

  @Test
  void whateverTheirLengthsTheLastOnesAreThereWhole() {
    for (int seed = 0; seed < 30; seed++) {
      Random random = new Random(seed);
      int most = 1 + random.nextInt(40);
      int room = 1 + random.nextInt(300_000);
      int longest = 1 + random.nextInt(room);
      LastTexts texts = new LastTexts(most, room);
      List<byte[]> all = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        byte[] text = new byte[random.nextInt(longest + 1)];
        random.nextBytes(text);
        texts.add(i, text);
        all.addFirst(text);
        if (i % 7 != 0) {
          continue;
        }
        List<byte[]> kept = texts.newest(Integer.MAX_VALUE);
        assertThat(kept.size()).as("seed %d", seed).isBetween(1, most);
        for (int k = 0; k < kept.size(); k++) {
          assertThat(kept.get(k)).as("seed %d", seed).isEqualTo(all.get(k));
        }
        if (kept.size() < Math.min(most, all.size())) {
          long bytes = 0;
          for (byte[] each : all.subList(0, kept.size() + 1)) {
            bytes += each.length;
          }
          assertThat(bytes).as("seed %d forgot too early", seed).isGreaterThan(room - 2L * longest);
        }
      }
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
