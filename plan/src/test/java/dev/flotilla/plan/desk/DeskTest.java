package dev.flotilla.plan.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.model.Problem;
import dev.flotilla.plan.Mark;
import dev.flotilla.plan.PlanRefused;
import dev.flotilla.plan.Status;
import dev.flotilla.plan.event.Event;
import dev.flotilla.plan.event.Kind;
import dev.flotilla.plan.gate.Calibration;
import dev.flotilla.plan.gate.Facts;
import dev.flotilla.plan.store.PlanEntry;
import dev.flotilla.plan.store.Stored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeskTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir Path folder;
  private final Desks.HandClock clock = new Desks.HandClock();
  private Desk desk = Desks.of(Path.of("."), clock, Facts.NONE);

  @BeforeEach
  void sit() {
    desk = Desks.of(folder, clock, Facts.NONE);
  }

  private String plan(String body) throws IOException {
    desk.store().create("p", "ana", "---\nid: p\nstatus: in_progress\n---\n\n" + body, List.of());
    return "p";
  }

  private Closing.Closed done(String id, int phase) {
    return new Closing(desk).done(id, phase, Closing.Wish.PLAIN);
  }

  private static List<Problem> refused(Runnable action) {
    try {
      action.run();
    } catch (PlanRefused e) {
      return e.problems();
    }
    throw new AssertionError("was not refused");
  }

  @Test
  void phasesCloseInOrderAndTheLastCompletesThePlan() throws IOException {
    String id = new Writing(desk).create("Ship the build", "", "", List.of("a", "b"), false);
    assertThat(id).startsWith("20261120-ship-the-build-");
    assertThat(refused(() -> done(id, 1)).getFirst().found()).isEqualTo("PHASE 0 is not done");
    assertThat(done(id, 0).status()).isEqualTo(Status.IN_PROGRESS);
    assertThat(done(id, 1).status()).isEqualTo(Status.COMPLETED);
    assertThat(done(id, 1).already()).isTrue();
    assertThat(new Closing(desk).undo(id, 1, "broken").status()).isEqualTo(Status.IN_PROGRESS);
  }

  @Test
  void phasesThatNeedNothingCloseInAnyOrder() throws IOException {
    plan("## PHASE 0: a\n## PHASE 1: b\nNeeds: none\n");
    assertThat(done("p", 1).verdict()).isEqualTo("reported");
  }

  @Test
  void refusesAllThatIsMissingAtOnce() throws IOException {
    plan(
        """
        ## PHASE 0: a
        **Tasks:**
        1. [ ] x

        ```gate
        command: true
        file: out.txt
        ack: bo
        confidence >= 90 %
        ```

        IMPORTANT NOTE: mind it
        """);
    List<Problem> missing = refused(() -> done("p", 0));
    assertThat(missing)
        .extracting(Problem::expected)
        .containsExactly(
            "all boxes ticked", "command: true", "file: out.txt", "ack: bo", "confidence >= 90 %");
    assertThat(desk.open("p").log().events()).isEmpty();
  }

  @Test
  void aGateOpensWithEvidence() throws IOException {
    plan(
        """
        ## PHASE 0: a
        ```gate
        command: test -f out.txt
        file: out.txt
        ack: bo
        confidence >= 90 %
        ```
        IMPORTANT NOTE: mind it
        """);
    Gates gates = new Gates(desk);
    String hash = gates.look("p", 0).hash();
    assertThat(gates.run("p", 0, hash).open()).isFalse();
    Files.writeString(folder.resolve("out.txt"), "x");
    new Gates(desk.as("bo")).acknowledge("p", 0);
    Closing.Closed closed = new Closing(desk).done("p", 0, new Closing.Wish(95, hash, false, ""));
    assertThat(closed.verdict()).isEqualTo("verified");
    Event event = desk.open("p").log().events().getLast();
    assertThat(event.kind()).isEqualTo(Kind.DONE);
    assertThat(event.data().path("exits").path("command: test -f out.txt").asInt(-1)).isZero();
    assertThat(event.text("output")).hasSize(64);
    assertThat(event.number("confidence", 0)).isEqualTo(95);
  }

  @Test
  void aNoteThatChangedMustBeAcknowledgedAgain() throws IOException {
    plan("## PHASE 0: a\n```gate\nack: ana\n```\nIMPORTANT NOTE: mind it\n");
    new Gates(desk).acknowledge("p", 0);
    assertThat(new Gates(desk).look("p", 0).open()).isTrue();
    Path file = folder.resolve("plans/p.md");
    Files.writeString(file, Files.readString(file).replace("mind it", "mind this"));
    assertThat(new Gates(desk).look("p", 0).open()).isFalse();
  }

  @Test
  void runsNoGateCommandThatWasNotShown() throws IOException {
    plan("## PHASE 0: a\n```gate\ncommand: touch ran\n```\n");
    assertThat(refused(() -> new Gates(desk).run("p", 0, "000000000000")).getFirst().advice())
        .contains("flotilla plan gate p 0");
    assertThat(folder.resolve("ran")).doesNotExist();
  }

  @Test
  void forceNeedsAReasonAndShowsForEver() throws IOException {
    plan("## PHASE 0: a\n```gate\nfile: out.txt\n```\n## PHASE 1: b\n");
    assertThat(refused(() -> new Closing(desk).done("p", 0, new Closing.Wish(-1, "", true, " "))))
        .hasSize(1);
    new Closing(desk).done("p", 0, new Closing.Wish(-1, "", true, "demo today"));
    new Closing(desk).undo("p", 0, "");
    Files.writeString(folder.resolve("out.txt"), "x");
    assertThat(done("p", 0).verdict()).isEqualTo("verified");
    PlanEntry.PhaseEntry phase = desk.store().list().getFirst().phases().getFirst();
    assertThat(phase.forced()).isTrue();
    assertThat(phase.verdict()).isEqualTo("verified");
  }

  @Test
  void thresholdsCompareWithABaseline() throws IOException {
    plan(
        """
        ## PHASE 0: a
        ```gate
        metric: build.seconds <= 0.6 * baseline
        scan: no findings >= high
        healthy: all for 5 min
        value size: `echo 42 kB` < 50
        ```
        """);
    Facts facts =
        new Facts() {
          @Override
          public OptionalDouble metric(String name) {
            return OptionalDouble.of(59);
          }

          @Override
          public Optional<Duration> healthyFor() {
            return Optional.of(Duration.ofMinutes(6));
          }

          @Override
          public OptionalInt findings(String severity) {
            return OptionalInt.of(0);
          }
        };
    Gates gates = new Gates(Desks.of(folder, clock, facts));
    String hash = gates.look("p", 0).hash();
    assertThat(gates.run("p", 0, hash).open()).isFalse();
    gates.baseline("p", "build.seconds", 100);
    assertThat(gates.run("p", 0, hash).open()).isTrue();
    assertThat(new Gates(desk).look("p", 0).open()).isFalse();
  }

  @Test
  void aLineThatIsNoConditionKeepsTheGateShut() throws IOException {
    plan("## PHASE 0: a\n```gate\nmake it good\n```\n");
    assertThat(refused(() -> done("p", 0)).getFirst().where()).hasToString("p.md:8");
  }

  @Test
  void onlyOneHoldsAPhaseAndADeadOnesComesBack() throws IOException {
    plan("## PHASE 0: a\n## PHASE 1: b\nNeeds: none\n");
    Desk bo = desk.as("bo");
    assertThat(new Claims(desk).claim("p", -1, HOUR).phase()).isZero();
    assertThat(new Claims(bo).claim("p", -1, HOUR).phase()).isEqualTo(1);
    assertThat(refused(() -> new Claims(bo).claim("p", 0, HOUR)).getFirst().found())
        .contains("claimed by ana");
    assertThat(refused(() -> new Closing(bo).done("p", 0, Closing.Wish.PLAIN))).hasSize(1);
    assertThat(new Flow(bo).next()).extracting(Flow.Ready::phase).containsExactly(1);
    clock.move(HOUR.plusSeconds(1));
    assertThat(new Claims(bo).claim("p", 0, HOUR).who()).isEqualTo("bo");
    assertThat(new Claims(bo).release("p", 0)).isTrue();
    assertThat(new Claims(bo).release("p", 0)).isFalse();
  }

  @Test
  void startingSomethingElseInterruptsAndResumingRestores() {
    Writing writing = new Writing(desk);
    for (String id : List.of("one", "two", "three")) {
      writing.create(id, id, "", List.of("x"), false);
      clock.move(Duration.ofSeconds(1));
      new Claims(desk).claim(id, 0, HOUR);
    }
    assertThat(desk.open("one").plan().status()).isEqualTo(Status.INTERRUPTED);
    assertThat(desk.open("two").plan().status()).isEqualTo(Status.INTERRUPTED);
    done("three", 0);
    clock.move(Duration.ofSeconds(1));
    assertThat(new Flow(desk).resume(Optional.empty())).isEqualTo("two");
    Stored two = desk.open("two");
    assertThat(two.plan().status()).isEqualTo(Status.IN_PROGRESS);
    assertThat(two.history().phase(two.plan().phases().getFirst()).claim(clock.instant()))
        .isPresent();
    assertThat(new Flow(desk).interrupt(Optional.empty(), "lunch")).isEqualTo("two");
    assertThat(new Flow(desk).resume(Optional.of("one"))).isEqualTo("one");
    assertThat(refused(() -> new Flow(desk.as("bo")).interrupt(Optional.empty(), ""))).hasSize(1);
  }

  @Test
  void knowsHowFarAWordIsRight() {
    Closing closing = new Closing(desk);
    for (int i = 0; i < 6; i++) {
      String id = new Writing(desk).create("p", "p" + i, "", List.of("a"), false);
      closing.done(id, 0, new Closing.Wish(92, "", false, ""));
      if (i < 2) {
        closing.undo(id, 0, "was not");
      }
    }
    List<Stored> all = desk.store().list().stream().map(e -> desk.store().read(e.file())).toList();
    Calibration.Trust trust = Calibration.of(all).get("ana");
    assertThat(trust).isNotNull();
    assertThat(trust.claims()).isEqualTo(6);
    assertThat(trust.says()).isEqualTo(92);
    assertThat(trust.right()).isBetween(66.6, 66.7);
    assertThat(trust.calibrated(95)).isBetween(69.6, 69.7);
    desk.store()
        .create(
            "q", "ana", "## PHASE 0: a\n```gate\nconfidence >= 90 % calibrated\n```\n", List.of());
    assertThat(
            refused(() -> closing.done("q", 0, new Closing.Wish(95, "", false, "")))
                .getFirst()
                .found())
        .isEqualTo("95 % stated, counts as 70 %, below 90 %");
  }

  @Test
  void aReviewBelowTheLimitRepeats() throws IOException {
    plan(
        """
        ## PHASE 0: a
        IMPORTANT NOTE: Repeat the review if your confidence score is below 90%.
        """);
    Closing closing = new Closing(desk);
    assertThat(closing.review("p", 0, 80).open()).isFalse();
    assertThat(refused(() -> done("p", 0)).getFirst().found()).contains("80 % stated, below 90 %");
    assertThat(closing.review("p", 0, 93).open()).isTrue();
    assertThat(done("p", 0).verdict()).isEqualTo("reported");
  }

  @Test
  void ticksAddsAndDeletes() throws IOException {
    plan("## PHASE 0: a\n**Tasks:**\n1. [ ] x\n");
    new Closing(desk).tick("p", 0, "1", Mark.DONE);
    assertThat(new Writing(desk).addTask("p", 0, "y")).isEqualTo("2");
    assertThat(new Writing(desk).addPhase("p", "Next\nwith words")).isEqualTo(1);
    assertThat(new Writing(desk).deletePhase("p", 0)).isEqualTo("a");
    assertThat(refused(() -> new Closing(desk).tick("p", 1, "9", Mark.DONE))).hasSize(1);
    new Writing(desk).delete("p");
    assertThat(desk.store().list().getFirst().open()).isFalse();
    new Writing(desk).restore("p");
    assertThat(desk.store().list().getFirst().open()).isTrue();
  }

  @Test
  void cleansUpWhatIsLongCompleted() throws IOException {
    String id = new Writing(desk).create("old", "old", "", List.of("a"), false);
    done(id, 0);
    clock.move(Duration.ofDays(6));
    assertThat(new Writing(desk).cleanup(Writing.RETENTION, false)).isEmpty();
    clock.move(Duration.ofDays(2));
    assertThat(new Writing(desk).cleanup(Writing.RETENTION, false)).containsExactly("old");
    assertThat(folder.resolve("plans/archive/old.md")).exists();
  }

  @Test
  void namesTheNearestPlanAndThePhasesThereAre() throws IOException {
    plan("## PHASE 0: a\n## PHASE 1: b\n");
    assertThat(refused(() -> done("q", 0)).getFirst().expected()).contains("such as p");
    assertThat(refused(() -> done("p", 7)).getFirst().expected()).isEqualTo("one of 0, 1");
  }

  @Test
  void findsWordsAndTroubles() throws IOException {
    plan("## PHASE 1: alpha beta\n```bash\nif then\n```\nNeeds: 9\n");
    assertThat(new Search(desk).of("BETA alpha")).extracting(Search.Hit::phase).containsExactly(1);
    assertThat(new Lint(desk).of(desk.open("p")))
        .extracting(Problem::found)
        .anyMatch(f -> f.startsWith("commands that do not parse"))
        .anyMatch(f -> f.contains("needs PHASE 9"))
        .anyMatch(f -> f.contains("no IMPORTANT NOTE"))
        .contains("PHASE 1");
    assertThatThrownBy(() -> new Search(desk.as("x")).of("x").getFirst())
        .isInstanceOf(java.util.NoSuchElementException.class);
  }
}
