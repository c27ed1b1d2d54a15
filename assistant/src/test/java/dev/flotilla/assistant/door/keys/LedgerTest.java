package dev.flotilla.assistant.door.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.kernel.testing.FakeTime;
import dev.flotilla.kernel.wire.Wire;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
  static final Key BUDGETED = key("app", Optional.of(1_000_000_000L));
  private static final Key FREE = key("free", Optional.empty());

  @TempDir Path folder;
  private final FakeTime time = new FakeTime();

  private static Key key(String name, Optional<Long> tokens) {
    return new Key(
        name,
        "",
        java.time.Instant.EPOCH,
        List.of(),
        List.of(),
        new Key.Allowance(
            tokens,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  private Ledger open(Path file) throws IOException {
    return new Ledger(file, time, time);
  }

  static Ledger.Reservation reserve(Ledger ledger, Key key, long tokens) {
    return switch (ledger.reserve(key, tokens, 0)) {
      case Ledger.Reserved(Ledger.Reservation reservation) -> reservation;
      case Ledger.Refused refused -> throw new AssertionError(refused);
    };
  }

  @Test
  void aLineIsWhatIsReadAgain() {
    for (Ledger.Entry entry :
        List.of(
            new Ledger.Entry("app", 20_000, 3, 3e-6),
            new Ledger.Entry("a \"key\" of \\ Zoë\n😀", -1, -5, -1234.5))) {
      assertThat(Wire.read(entry.line().getBytes(StandardCharsets.UTF_8), Ledger.Entry.class))
          .isEqualTo(entry);
    }
  }

  /** What would be found after a kill at this moment. */
  private Ledger.Standing afterKill(Path file, String key) throws IOException {
    Path copy = folder.resolve("copy-" + System.nanoTime());
    Files.copy(file, copy);
    try (Ledger again = open(copy)) {
      return again.standing(key);
    }
  }

  @Test
  void aKillLosesNothingOfAKeyThatHasABudget() throws IOException {
    Path file = folder.resolve("usage.log");
    try (Ledger ledger = open(file)) {
      reserve(ledger, BUDGETED, 30).settle(12, 0);
      assertThat(afterKill(file, "app").tokens()).isEqualTo(12);
      Ledger.Reservation cutOff = reserve(ledger, BUDGETED, 50);
      assertThat(afterKill(file, "app").tokens()).isEqualTo(62);
      cutOff.settle(0, 0);
      assertThat(afterKill(file, "app").tokensToday()).isEqualTo(12);
    }
  }

  @Test
  void aLogThatGrewLongIsWrittenAnewBesideTheRequests() throws IOException {
    Path file = folder.resolve("usage.log");
    try (Ledger ledger = open(file)) {
      Ledger.Reservation open = reserve(ledger, BUDGETED, 7);
      for (int i = 0; i < 25_001; i++) {
        reserve(ledger, BUDGETED, 3).settle(2, 0);
      }
      long before = Files.size(file);
      time.advance(Duration.ofSeconds(1));
      assertThat(Files.size(file)).isLessThan(before / 1000);
      reserve(ledger, BUDGETED, 3).settle(2, 0);
      assertThat(afterKill(file, "app").tokens()).isEqualTo(2 * 25_002 + 7);
      open.settle(1, 0);
      assertThat(afterKill(file, "app").tokens()).isEqualTo(2 * 25_002 + 1);
    }
  }

  @Test
  void ofAKeyWithoutABudgetAKillLosesTheLastMomentOnly() throws IOException {
    Path file = folder.resolve("usage.log");
    try (Ledger ledger = open(file)) {
      reserve(ledger, FREE, 30).settle(12, 0);
      assertThat(afterKill(file, "free").tokens()).isZero();
      time.advance(java.time.Duration.ofMillis(200));
      assertThat(afterKill(file, "free").tokens()).isEqualTo(12);
    }
  }

  @Test
  void aDayEndsAtMidnightByUtcAndWhatIsUnderWayThenIsOfTheDayItEnds() throws IOException {
    Key daily =
        new Key(
            "app",
            "",
            java.time.Instant.EPOCH,
            List.of(),
            List.of(),
            new Key.Allowance(
                Optional.empty(),
                Optional.of(100L),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    Path file = folder.resolve("usage.log");
    time.advance(
        java.time.Duration.between(
            time.instant(), java.time.Instant.parse("2100-06-01T23:59:59.999Z")));
    try (Ledger ledger = open(file)) {
      reserve(ledger, daily, 60).settle(60, 0);
      assertThat(ledger.reserve(daily, 41, 0)).isInstanceOf(Ledger.Refused.class);
      Ledger.Reservation late = reserve(ledger, daily, 40);
      time.advance(java.time.Duration.ofMillis(1));
      assertThat(ledger.standing("app").tokensToday()).isZero();
      late.settle(30, 0);
      assertThat(ledger.standing("app").tokensToday()).isEqualTo(30);
      assertThat(ledger.standing("app").tokens()).isEqualTo(90);
      assertThat(ledger.reserve(daily, 71, 0)).isInstanceOf(Ledger.Refused.class);
      time.advance(java.time.Duration.ofHours(-1));
      assertThat(ledger.reserve(daily, 71, 0))
          .as("a clock that is set back brings no day again")
          .isInstanceOf(Ledger.Refused.class);
    }
    try (Ledger again = open(file)) {
      assertThat(again.standing("app").tokens()).isEqualTo(90);
      assertThat(again.standing("app").tokensToday()).isEqualTo(30);
    }
  }

  /** Whatever happens, a kill never makes a key look as if it had used less than it has. */
  @Test
  void afterAnyHistoryAKillLeavesWhatWasSettledAndWhatIsReserved() throws IOException {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      Path file = folder.resolve("usage-" + seed);
      try (Ledger ledger = open(file)) {
        List<Ledger.Reservation> open = new ArrayList<>();
        List<Long> reserved = new ArrayList<>();
        long settled = 0;
        for (int step = 0; step < 60; step++) {
          if (open.isEmpty() || random.nextBoolean()) {
            long tokens = random.nextLong(100);
            open.add(reserve(ledger, BUDGETED, tokens));
            reserved.add(tokens);
          } else {
            int which = random.nextInt(open.size());
            long took = random.nextLong(120);
            open.remove(which).settle(took, 0);
            var _ = reserved.remove(which);
            settled += took;
          }
          if (random.nextInt(15) == 0) {
            time.advance(java.time.Duration.ofHours(9));
          }
        }
        assertThat(afterKill(file, "app").tokens())
            .as("seed %d", seed)
            .isEqualTo(settled + reserved.stream().mapToLong(Long::longValue).sum());
        assertThat(ledger.standing("app").tokens()).isEqualTo(settled);
      }
    }
  }

  /** A process that uses a budget is killed again and again in the middle of it. */
  @Tag("slow")
  @Test
  void killedAgainAndAgainNothingThatWasAnsweredIsUnpaid() throws Exception {
    Path file = folder.resolve("usage.log");
    Random random = new Random(3);
    long answered = 0;
    for (int i = 0; i < 10; i++) {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  LedgerVictim.class.getName(),
                  file.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try (BufferedReader said =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        int most = random.nextInt(1, 400);
        for (int n = 0; n < most && said.readLine() != null; n++) {
          answered++;
        }
        var _ = process.toHandle().destroyForcibly();
        while (said.readLine() != null) {
          answered++;
        }
      }
      process.waitFor();
    }
    try (Ledger ledger = open(file)) {
      long kept = ledger.standing("app").tokens();
      assertThat(kept)
          .isBetween(
              answered * LedgerVictim.TOOK,
              answered * LedgerVictim.TOOK + 10 * LedgerVictim.RESERVED);
    }
  }
}
