package dev.flotilla.assistant.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LastBytesTest {
  @Test
  void theNewestAreKeptAndFoundByTheirKey() {
    LastBytes entries = new LastBytes(2, 1 << 20);
    entries.add(1, bytes("one"));
    entries.add(2, bytes("two"));
    entries.add(3, bytes("three"));
    assertThat(entries.newest(5)).containsExactly(bytes("three"), bytes("two"));
    assertThat(entries.newest(1)).containsExactly(bytes("three"));
    assertThat(entries.find(2)).containsExactly(bytes("two"));
    assertThat(entries.find(1)).isEmpty();
  }

  @Test
  void anEntryThatIsLongerThanAllMayBeIsNotKept() {
    LastBytes entries = new LastBytes(10, 100);
    entries.add(1, new byte[100]);
    entries.add(2, new byte[101]);
    assertThat(entries.newest(10)).containsExactly(new byte[100]);
  }

  @Test
  void whateverTheirLengthsTheLastOnesAreThereWhole() {
    for (int seed = 0; seed < 30; seed++) {
      Random random = new Random(seed);
      int most = 1 + random.nextInt(40);
      int room = 1 + random.nextInt(300_000);
      int longest = 1 + random.nextInt(room);
      LastBytes entries = new LastBytes(most, room);
      List<byte[]> all = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        byte[] entry = new byte[random.nextInt(longest + 1)];
        random.nextBytes(entry);
        entries.add(i, entry);
        all.addFirst(entry);
        if (i % 7 != 0) {
          continue;
        }
        List<byte[]> kept = entries.newest(Integer.MAX_VALUE);
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

  private static byte[] bytes(String entry) {
    return entry.getBytes(StandardCharsets.UTF_8);
  }
}
