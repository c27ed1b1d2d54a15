package dev.flotilla.assistant.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchedulesTest {
  @TempDir Path folder;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private JobTable jobs;
  private Schedules schedules;

  @BeforeEach
  void open() throws Exception {
    jobs = new JobTable(new Database.Sqlite(folder.resolve("jobs.db")), () -> now, new Random(7));
    schedules = new Schedules(jobs, () -> now);
  }

  @AfterEach
  void close() {
    jobs.close();
  }

  private Schedule daily(String cron, String zone) {
    return schedules.put("daily", "inventory", new TextNode("all"), 3, cron, zone);
  }

  @Test
  void comesAtItsTimeInItsZone() {
    assertThat(daily("0 6 * * *", "Asia/Manila").nextAt()).isEqualTo("2026-01-01T22:00:00Z");
    assertThat(schedules.submitDue()).isEmpty();
    now = Instant.parse("2026-01-01T22:00:01Z");
    assertThat(schedules.submitDue()).extracting(Job::priority).containsExactly(3);
    assertThat(schedules.submitDue()).isEmpty();
    assertThat(schedules.list().getFirst().nextAt()).isEqualTo("2026-01-02T22:00:00Z");
  }

  @Test
  void timesThatPassedWhileNobodyWasThereAreMadeUpForOnce() {
    daily("*/10 * * * *", "UTC");
    now = now.plus(Duration.ofHours(5));
    assertThat(schedules.submitDue()).hasSize(1);
    assertThat(schedules.submitDue()).isEmpty();
  }

  @Test
  void anHourThatDaylightSavingLeavesOutIsNotLost() {
    now = Instant.parse("2026-03-28T12:00:00Z");
    daily("30 2 * * *", "Europe/Berlin");
    now = Instant.parse("2026-03-29T04:00:00Z");
    assertThat(schedules.submitDue()).hasSize(1);
    now = Instant.parse("2026-03-30T04:00:00Z");
    assertThat(schedules.submitDue()).hasSize(1);
  }

  @Test
  void aClockThatIsPutBackOrForwardSubmitsNothingTwice() {
    daily("0 * * * *", "UTC");
    now = now.plus(Duration.ofMinutes(61));
    assertThat(schedules.submitDue()).hasSize(1);
    now = now.minus(Duration.ofHours(3));
    assertThat(schedules.submitDue()).isEmpty();
    now = now.plus(Duration.ofDays(30));
    assertThat(schedules.submitDue()).hasSize(1);
    now = now.minus(Duration.ofDays(30));
    assertThat(schedules.submitDue()).isEmpty();
  }

  @Test
  void saysWhatIsWrongWithATime() {
    assertThatThrownBy(() -> daily("61 * * * *", "UTC"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("61");
    assertThatThrownBy(() -> daily("0 6 * * *", "Mars/Base"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("time zone \"Mars/Base\" is not known");
    assertThatThrownBy(() -> daily("0 0 31 2 *", "UTC"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void canBeTakenAway() {
    daily("0 6 * * *", "UTC");
    assertThat(schedules.remove("daily")).isTrue();
    assertThat(schedules.remove("daily")).isFalse();
  }
}
