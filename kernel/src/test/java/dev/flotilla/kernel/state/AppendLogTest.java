package dev.flotilla.kernel.state;

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

class AppendLogTest {
  @TempDir Path folder;

  @Test
  void findsAgainWhatWasAppended() throws IOException {
    Path file = folder.resolve("deep/log");
    try (AppendLog log = open(file)) {
      log.append("one");
      log.append("zwei – größer");
    }
    assertThat(reopen(file)).containsExactly("one", "zwei – größer");
  }

  @Test
  void keepsEveryWholeRecordWhereverTheFileIsCut() throws IOException {
    Path file = folder.resolve("log");
    List<String> records = new ArrayList<>();
    List<Long> ends = new ArrayList<>();
    Random random = new Random(7);
    try (AppendLog log = open(file)) {
      for (int i = 0; i < 20; i++) {
        String record = "record " + i + " ü".repeat(random.nextInt(9));
        log.append(record);
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
      try (AppendLog log = open(torn)) {
        assertThat(log.recovered()).isEqualTo(records.subList(0, complete));
        log.append("after");
      }
      assertThat(reopen(torn)).hasSize(complete + 1).endsWith("after");
    }
  }

  @Test
  void passesOverADamagedRecordAndCountsIt() throws IOException {
    Path file = folder.resolve("log");
    try (AppendLog log = open(file)) {
      log.append("soon bad");
      log.append("good");
    }
    byte[] bytes = Files.readAllBytes(file);
    bytes[11] ^= 1;
    Files.write(file, bytes);
    try (AppendLog log = open(file)) {
      assertThat(log.recovered()).containsExactly("good");
      assertThat(log.damaged()).isEqualTo(1);
    }
  }

  @Test
  void rewritesInOneStep() throws IOException {
    Path file = folder.resolve("log");
    try (AppendLog log = open(file)) {
      for (int i = 0; i < 100; i++) {
        log.append("old " + i);
      }
      log.rewrite(List.of("new 1", "new 2"));
      log.append("new 3");
      assertThat(log.entries()).isEqualTo(3);
    }
    assertThat(reopen(file)).containsExactly("new 1", "new 2", "new 3");
    assertThat(folder.toFile().list()).containsExactly("log");
  }

  @Test
  void whatIsAppendedDuringARewriteComesBehindIt() throws IOException {
    Path file = folder.resolve("log");
    try (AppendLog log = open(file)) {
      log.append(List.of("old 1", "old 2"));
      AppendLog.Rewriting rewriting = log.rewriting(List.of("new"));
      log.append("meanwhile");
      assertThat(reopen(file)).containsExactly("old 1", "old 2", "meanwhile");
      rewriting.finish();
      assertThat(reopen(file)).containsExactly("new", "meanwhile");
      log.append("later");
      assertThat(log.entries()).isEqualTo(3);
      assertThat(log.length()).isEqualTo(Files.size(file));
    }
    assertThat(reopen(file)).containsExactly("new", "meanwhile", "later");
    assertThat(folder.toFile().list()).containsExactly("log");
  }

  @Test
  void aRewriteThatComesAfterTheEndChangesNothing() throws IOException {
    Path file = folder.resolve("log");
    AppendLog log = open(file);
    log.append("old");
    AppendLog.Rewriting rewriting = log.rewriting(List.of("new"));
    log.append("meanwhile");
    log.close();
    assertThatThrownBy(rewriting::finish).isInstanceOf(IOException.class);
    assertThat(reopen(file)).containsExactly("old", "meanwhile");
    assertThat(folder.toFile().list()).containsExactly("log");
  }

  @Test
  void refusesARecordOfTwoLines() throws IOException {
    try (AppendLog log = open(folder.resolve("log"))) {
      assertThatThrownBy(() -> log.append("a\nb")).hasMessageContaining("line break");
    }
  }

  private static AppendLog open(Path file) throws IOException {
    return AppendLog.open(file);
  }

  private static List<String> reopen(Path file) throws IOException {
    try (AppendLog log = open(file)) {
      return log.recovered();
    }
  }

  @Test
  void anotherMayReadWhatIsWholeWhileItIsWritten() throws IOException {
    Path path = folder.resolve("read.log");
    assertThat(AppendLog.texts(path)).isEmpty();
    try (AppendLog log = AppendLog.open(path)) {
      log.append("one");
      log.append("two");
      Files.writeString(path, "deadbeef half", StandardOpenOption.APPEND);
      long before = Files.size(path);
      assertThat(AppendLog.texts(path)).containsExactly("one", "two");
      assertThat(Files.size(path)).isEqualTo(before);
    }
  }
}
