package dev.flotilla.assistant.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Times in zones whose clocks are put forward and back. */
class CronTest {
  private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant TO = Instant.parse("2027-01-01T00:00:00Z");

  /** Whole hours and half ones, by day and at midnight, forwards and backwards. */
  private static final List<String> ZONES =
      List.of(
          "Europe/Berlin",
          "America/New_York",
          "Australia/Lord_Howe",
          "America/Havana",
          "Africa/Cairo",
          "Pacific/Chatham",
          "Asia/Beirut",
          "Asia/Manila",
          "UTC");

  private static List<ZonedDateTime> all(String expression, String zone) {
    Cron cron = new Cron(expression, zone);
    List<ZonedDateTime> all = new ArrayList<>();
    Instant now = FROM;
    while (true) {
      Instant next = cron.next(now).orElseThrow();
      assertThat(next).as("%s in %s goes on", expression, zone).isAfter(now);
      if (next.isAfter(TO)) {
        return all;
      }
      all.add(next.atZone(ZoneId.of(zone)));
      now = next;
    }
  }

  @Test
  void aTimeOfDayComesOnceADayWhateverTheClocksDo() {
    Random random = new Random(7);
    for (int i = 0; i < 60; i++) {
      String zone = ZONES.get(random.nextInt(ZONES.size()));
      LocalTime time = LocalTime.of(random.nextInt(4), 5 * random.nextInt(12));
      String expression = "%d %d * * *".formatted(time.getMinute(), time.getHour());
      Map<LocalDate, Integer> days = new HashMap<>();
      for (ZonedDateTime each : all(expression, zone)) {
        days.merge(each.toLocalDate(), 1, Integer::sum);
        boolean leftOut = isLeftOut(each.toLocalDate().atTime(time), zone);
        if (!leftOut) {
          assertThat(each.toLocalTime()).as("%s in %s", expression, zone).isEqualTo(time);
        }
      }
      LocalDate day = FROM.atZone(ZoneId.of(zone)).toLocalDate().plusDays(1);
      for (;
          day.atTime(time).atZone(ZoneId.of(zone)).toInstant().isBefore(TO);
          day = day.plusDays(1)) {
        assertThat(days.getOrDefault(day, 0))
            .as("%s in %s on %s", expression, zone, day)
            .isEqualTo(1);
      }
    }
  }

  private static boolean isLeftOut(LocalDateTime time, String zone) {
    return ZoneId.of(zone).getRules().getValidOffsets(time).isEmpty();
  }

  @Test
  void everyHalfHourIsEveryHalfHourWhateverTheClocksDo() {
    for (String zone : ZONES) {
      List<ZonedDateTime> all = all("*/30 * * * *", zone);
      for (int i = 1; i < all.size(); i++) {
        assertThat(Duration.between(all.get(i - 1), all.get(i)))
            .as("%s after %s", zone, all.get(i - 1))
            .isEqualTo(Duration.ofMinutes(30));
      }
    }
  }
}
