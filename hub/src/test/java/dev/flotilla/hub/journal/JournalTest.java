package dev.flotilla.hub.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  @TempDir Path folder;

  @Test
  void findsAgainWhatWasAppended() throws IOException {
    Path file = folder.resolve("deep/journal");
    try (Journal journal = open(file)) {
      journal.append("one");
      journal.append("zwei – größer");
    }
    assertThat(reopen(file)).containsExactly("one", "zwei – größer");
  }

  @Test
  void keepsEveryWholeRecordWhereverTheFileIsCut() throws IOException {
    Path file = folder.resolve("journal");
    List<String> records = new ArrayList<>();
    List<Long> ends = new ArrayList<>();
    Random random = new Random(7);
    try (Journal journal = open(file)) {
      for (int i = 0; i < 20; i++) {
        String record = "record " + i + " ü".repeat(random.nextInt(9));
        journal.append(record);
        records.add(record);
        ends.add(Files.size(file));
      }
    }
    byte[] whole = Files.readAllBytes(file);
    for (int cut = 0; cut <= whole.length; cut++) {
      Path torn = folder.resolve("torn");
      Files.write(torn, Arrays.copyOf(whole, cut));
      int complete = 0;
      while (complete < ends.size() && ends.get(complete) <= cut) {
        complete++;
      }
      try (Journal journal = open(torn)) {
        assertThat(journal.found()).isEqualTo(records.subList(0, complete));
        journal.append("after");
      }
      assertThat(reopen(torn)).hasSize(complete + 1).endsWith("after");
    }
  }

  @Test
  void cutsAtADamagedRecordAndKeepsWhatItCutOff() throws IOException {
    Path file = folder.resolve("journal");
    try (Journal journal = open(file)) {
      journal.append("good");
      journal.append("soon bad");
    }
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 3] ^= 1;
    Files.write(file, bytes);
    assertThat(reopen(file)).containsExactly("good");
    assertThat(folder.resolve("journal.damaged")).content().contains("soon");
  }

  @Test
  void rewritesInOneStep() throws IOException {
    Path file = folder.resolve("journal");
    try (Journal journal = open(file)) {
      for (int i = 0; i < 100; i++) {
        journal.append("old " + i);
      }
      journal.rewrite(List.of("new 1", "new 2"));
      journal.append("new 3");
      assertThat(journal.records()).isEqualTo(3);
    }
    assertThat(reopen(file)).containsExactly("new 1", "new 2", "new 3");
    assertThat(folder.resolve("journal.next")).doesNotExist();
  }

  @Test
  void ignoresAHalfWrittenRewrite() throws IOException {
    Path file = folder.resolve("journal");
    try (Journal journal = open(file)) {
      journal.append("kept");
    }
    Files.writeString(folder.resolve("journal.next"), "half", StandardOpenOption.CREATE);
    assertThat(reopen(file)).containsExactly("kept");
  }

  @Test
  void refusesARecordOfTwoLines() throws IOException {
    try (Journal journal = open(folder.resolve("journal"))) {
      assertThatThrownBy(() -> journal.append("a\nb")).hasMessageContaining("one line");
    }
  }

  private static Journal open(Path file) throws IOException {
    return Journal.open(file, Journal.Durability.PROCESS);
  }

  private static List<String> reopen(Path file) throws IOException {
    try (Journal journal = open(file)) {
      return journal.found();
    }
  }
}
