package dev.flotilla.plan.desk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.Problem;
import dev.flotilla.plan.Phase;
import dev.flotilla.plan.PlanRefused;
import dev.flotilla.plan.event.EventLog;
import dev.flotilla.plan.event.Kind;
import dev.flotilla.plan.gate.Facts;
import dev.flotilla.plan.run.Preview;
import dev.flotilla.plan.store.Change;
import dev.flotilla.plan.store.Draft;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutionTest {
  private static final Preview.Wanted ALL = new Preview.Wanted(0, false, false, Map.of());

  @TempDir Path folder;
  private final ByteArrayOutputStream live = new ByteArrayOutputStream();
  private Desk desk = Desks.of(Path.of("."), new Desks.HandClock(), Facts.NONE);

  @BeforeEach
  void sit() {
    desk = Desks.of(folder, new Desks.HandClock(), Facts.NONE);
  }

  private void plan(String... scripts) {
    StringBuilder text = new StringBuilder("## PHASE 0: a\n");
    for (String script : scripts) {
      text.append("```bash\n").append(script).append("\n```\n");
    }
    text.append(
        "**Rollback:**\n```bash\necho one >> undone\n```\n```bash\necho two >> undone\n```\n");
    desk.store().create("p", "ana", text.toString(), List.of());
  }

  private String hash(Preview.Wanted wanted) {
    return new Execution(desk).preview("p", 0, wanted).hash();
  }

  private List<Execution.Ran> run(Preview.Wanted wanted, Execution.Unfinished unfinished) {
    Execution.Order order =
        new Execution.Order(hash(wanted), wanted, Duration.ofSeconds(20), unfinished);
    return new Execution(desk).run("p", 0, order, live);
  }

  private List<Execution.Ran> run() {
    return run(ALL, Execution.Unfinished.ASK);
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
  void runsInOrderStopsAtTheFirstFailureAndContinuesThere() throws IOException {
    plan("echo <task_id> >> ran", "test -f go && echo two >> ran", "echo three >> ran");
    List<Execution.Ran> first = run();
    assertThat(first).extracting(Execution.Ran::exit).containsExactly(0, 1);
    Files.writeString(folder.resolve("go"), "");
    assertThat(new Execution(desk).preview("p", 0, ALL).steps()).hasSize(2);
    assertThat(run()).extracting(Execution.Ran::step).containsExactly("step:2", "step:3");
    assertThat(folder.resolve("ran")).hasContent("p\ntwo\nthree\n");
    assertThat(new Closing(desk).done("p", 0, Closing.Wish.PLAIN).verdict()).isEqualTo("verified");
  }

  @Test
  void doesNotRunABlockThatWasEditedSince() throws IOException {
    plan("echo good");
    String hash = hash(ALL);
    Path file = folder.resolve("plans/p.md");
    Files.writeString(file, Files.readString(file).replace("echo good", "touch bad"));
    Execution.Order order =
        new Execution.Order(hash, ALL, Duration.ofSeconds(5), Execution.Unfinished.ASK);
    assertThat(refused(() -> new Execution(desk).run("p", 0, order, live)).getFirst().advice())
        .contains("flotilla plan exec p 0");
    assertThat(folder.resolve("bad")).doesNotExist();
  }

  @Test
  void keepsOutputWithoutSecretsAndItsHash() throws IOException {
    plan("echo token is s3cr3t-value; echo password=hunter22; echo ghp_" + "a".repeat(36));
    Execution.Ran ran = run().getFirst();
    String kept = Files.readString(folder.resolve("plans").resolve(ran.output()));
    assertThat(kept).doesNotContain("s3cr3t", "hunter22", "ghp_a").contains("password=***");
    assertThat(live.toString(StandardCharsets.UTF_8)).isEqualTo(kept);
    assertThat(dev.flotilla.plan.Hashes.of(kept)).isEqualTo(ran.sha256());
  }

  @Test
  void boundsWhatACommandPrints() throws IOException {
    plan("head -c 60000000 /dev/zero | tr '\\0' x; echo; echo the end");
    Execution.Ran ran = run().getFirst();
    assertThat(ran.bytes()).isEqualTo(60_000_009);
    byte[] kept = Files.readAllBytes(folder.resolve("plans").resolve(ran.output()));
    assertThat(kept.length).isLessThan(9_000_000);
    assertThat(new String(kept, StandardCharsets.UTF_8)).contains("left out").endsWith("the end\n");
  }

  @Test
  void keepsBinaryOutputButDoesNotShowIt() throws IOException {
    plan("printf '\\000\\377\\001'");
    Execution.Ran ran = run().getFirst();
    assertThat(Files.readAllBytes(folder.resolve("plans").resolve(ran.output())))
        .containsExactly(0, 0xff, 1);
    assertThat(live.toString(StandardCharsets.UTF_8)).contains("binary output");
  }

  @Test
  void endsACommandThatNeverEndsWithAllItStarted() {
    plan("sleep 987 & sleep 986");
    Execution.Order order =
        new Execution.Order(hash(ALL), ALL, Duration.ofMillis(300), Execution.Unfinished.ASK);
    Execution.Ran ran = new Execution(desk).run("p", 0, order, live).getFirst();
    assertThat(ran.timedOut()).isTrue();
    assertThat(ran.exit()).isEqualTo(124);
    assertThat(
            ProcessHandle.allProcesses()
                .map(p -> p.info().commandLine().orElse(""))
                .filter(c -> c.contains("sleep 987") || c.contains("sleep 986")))
        .isEmpty();
  }

  @Test
  void aCommandThatNeedsATerminalGetsNone() {
    plan("read -r answer < /dev/tty");
    assertThat(run().getFirst().exit()).isNotZero();
  }

  @Test
  void asksBeforeItRepeatsAStepLeftAtItsIntent() {
    plan("echo one", "echo two");
    Phase phase = desk.open("p").plan().phases().getFirst();
    String hash = new Execution(desk).preview("p", 0, ALL).steps().getFirst().hash();
    var data = EventLog.data().put("step", "step:1").put("hash", hash).put("pid", 999_999_999);
    desk.store()
        .change(
            "p",
            "ana",
            now ->
                new Change<>(
                    now.plan().text(),
                    List.of(new Draft(Kind.STEP_STARTED, 0, phase.title(), data)),
                    true));
    assertThat(refused(this::run).getFirst().advice()).contains("--repeat").contains("--skip");
    assertThat(run(ALL, Execution.Unfinished.SKIP))
        .extracting(Execution.Ran::step)
        .containsExactly("step:2");
  }

  @Test
  void rollsBackInReverse() {
    plan("true");
    run(new Preview.Wanted(0, true, false, Map.of()), Execution.Unfinished.ASK);
    assertThat(folder.resolve("undone")).hasContent("two\none\n");
  }

  @Test
  void wantsTheNoteReadAndPlaceholdersFilled() {
    desk.store()
        .create(
            "p", "ana", "## PHASE 0: a\n```bash\necho <org>\n```\nIMPORTANT NOTE: x\n", List.of());
    assertThat(refused(this::run).getFirst().found()).contains("org");
    Preview.Wanted set = new Preview.Wanted(0, false, false, Map.of("org", "acme"));
    assertThat(refused(() -> run(set, Execution.Unfinished.ASK)).getFirst().advice())
        .contains("flotilla plan ack p 0");
    new Gates(desk).acknowledge("p", 0);
    assertThat(run(set, Execution.Unfinished.ASK)).hasSize(1);
    assertThat(live.toString(StandardCharsets.UTF_8)).isEqualTo("acme\n");
  }
}
