package dev.flotilla.assistant.models.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.assistant.models.memory.Estimate;
import dev.flotilla.assistant.models.memory.Measured;
import dev.flotilla.model.Bytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnedTest {
  private static final Measured.Key KEY = new Measured.Key("pc/0", "m", "default", 4096);
  private static final Estimate FOUR = new Estimate(new Bytes(400), Bytes.ZERO, Bytes.ZERO, 1);

  @TempDir Path folder;

  private static Learned after(Path folder, int seconds) {
    Learned learned = new Learned(folder);
    learned.loaded(KEY, FOUR, Duration.ofSeconds(seconds), Optional.of(new Bytes(600)));
    return learned;
  }

  @Test
  void whatWasLearntIsThereAtTheNextStart() {
    after(folder, 7).keep();
    Learned next = new Learned(folder);
    assertThat(next.loadTime("m", "default")).contains(Duration.ofSeconds(7));
    assertThat(next.correct(KEY, FOUR).total()).isEqualTo(new Bytes(600));
  }

  @Test
  void whatCannotBeKeptNowIsKeptOnceItCan() throws Exception {
    Path place = folder.resolve("models");
    Files.writeString(place, "in the way of the folder");
    Learned learned = after(place, 7);
    learned.keep();
    Files.delete(place);
    learned.keep();
    assertThat(new Learned(place).loadTime("m", "default")).contains(Duration.ofSeconds(7));
  }

  @Test
  void aFileThatIsNoneIsForgotten() throws Exception {
    Files.writeString(folder.resolve("learned.json"), "{\"factors\": 7");
    assertThat(new Learned(folder).loadTime("m", "default")).isEmpty();
  }
}
