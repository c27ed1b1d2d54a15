package dev.flotilla.cli.command;

import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.rehearse.Chronicle;
import dev.flotilla.cli.rehearse.Faults;
import dev.flotilla.cli.rehearse.Outcome;
import dev.flotilla.cli.rehearse.Rehearsal;
import dev.flotilla.cli.rehearse.RehearsalPlan;
import dev.flotilla.cli.rehearse.Stage;
import dev.flotilla.cli.screen.LiveBlock;
import dev.flotilla.cli.screen.Screen;
import dev.flotilla.cli.screen.TerminalSize;
import dev.flotilla.cli.view.Required;
import dev.flotilla.cli.view.StartView;
import dev.flotilla.model.AgentState;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Fleet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** One rehearsal from the first stand-in to the last one gone. */
final class RehearsalRun {
  private static final Duration LOOK = Duration.ofMillis(40);

  private final Context context;
  private final Fleet fleet;
  private final Stage stage;
  private final Faults faults;
  private final RehearsalPlan plan;
  private final Path state;
  private final long seed;
  private final Chronicle record = new Chronicle();
  private final long began = System.nanoTime();

  RehearsalRun(
      Context context,
      Fleet fleet,
      Stage stage,
      Faults faults,
      RehearsalPlan plan,
      Path state,
      long seed) {
    this.context = context;
    this.fleet = fleet;
    this.stage = stage;
    this.faults = faults;
    this.plan = plan;
    this.state = state;
    this.seed = seed;
  }

  /** Gives whether all was well in the end. */
  boolean perform(Duration patience) {
    RehearsalReport report = new RehearsalReport(context, fleet, stage, faults, seed);
    report.opening();
    int cores = Runtime.getRuntime().availableProcessors();
    Thread atExit = new Thread(() -> {});
    try (Rehearsal rehearsal =
        new Rehearsal(fleet.name(), state, context.environment(), cores, record::add)) {
      atExit = new Thread(rehearsal::close, "end-stand-ins");
      Runtime.getRuntime().addShutdownHook(atExit);
      rehearsal.start(plan.agents());
      boolean settled = watch(rehearsal, patience);
      List<AgentStatus> last = rehearsal.statuses();
      Duration ran = taken();
      record.end();
      long stopping = System.nanoTime();
      List<AgentStatus> unstopped = rehearsal.stop();
      Duration stopped = Duration.ofNanos(System.nanoTime() - stopping);
      long left = record.pids().stream().filter(pid -> alive(pid)).count() + unstopped.size();
      Outcome outcome = Outcome.of(last, faults, record.incidents(), left);
      report.closing(outcome, last, record, ran, settled, stopped);
      return outcome.passed();
    } finally {
      forget(atExit);
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // The hook runs, or has run: nothing is left to end.
    }
  }

  private static boolean alive(long pid) {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .flatMap(process -> process.info().commandLine())
        .filter(line -> line.contains("standin"))
        .isPresent();
  }

  /** Gives whether all came to rest before the patience was at its end. */
  private boolean watch(Rehearsal rehearsal, Duration patience) {
    Screen screen = context.screen();
    if (!screen.terminal()) {
      return until(rehearsal, patience, statuses -> {});
    }
    int columns = screen.columns().getAsInt();
    int rows = TerminalSize.rows();
    try (LiveBlock block = new LiveBlock(screen)) {
      boolean settled =
          until(
              rehearsal,
              patience,
              statuses ->
                  block.draw(StartView.lines(statuses, taken(), columns, rows, screen.colour())));
      block.draw(List.of());
      return settled;
    }
  }

  private boolean until(Rehearsal rehearsal, Duration patience, Consumer<List<AgentStatus>> show) {
    while (taken().compareTo(patience) < 0 && !settled(rehearsal.statuses())) {
      show.accept(rehearsal.statuses());
      LockSupport.parkNanos(LOOK.toNanos());
    }
    return settled(rehearsal.statuses());
  }

  private boolean settled(List<AgentStatus> statuses) {
    if (statuses.size() < fleet.agents().size()) {
      return false;
    }
    boolean given =
        statuses.stream()
            .anyMatch(a -> a.state() == AgentState.FAILED || a.state() == AgentState.CRASH_LOOP);
    boolean allUp = statuses.stream().allMatch(Required::isWell);
    return allUp ? record.recovered().containsAll(faults.mustRecover()) : given && quiet(statuses);
  }

  /** Whether nobody is on the way any more. */
  private static boolean quiet(List<AgentStatus> statuses) {
    return statuses.stream()
        .noneMatch(a -> a.state() == AgentState.STARTING || a.state() == AgentState.RESTARTING);
  }

  private Duration taken() {
    return Duration.ofNanos(System.nanoTime() - began);
  }
}
