package dev.flotilla.node.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.Agent;
import dev.flotilla.model.StopPolicy;
import dev.flotilla.node.Fleets;
import dev.flotilla.node.core.Action;
import dev.flotilla.node.core.Event;
import dev.flotilla.node.core.Exit;
import dev.flotilla.node.core.RunId;
import dev.flotilla.node.limit.Limiter;
import dev.flotilla.node.log.Logs;
import dev.flotilla.node.process.ProcessInfo;
import dev.flotilla.node.process.ProcessSpec;
import dev.flotilla.node.process.Processes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandRunnerTest {
  private static final Agent AGENT = Fleets.command("a", "/bin/a");

  @TempDir Path folder;
  private final Spawned spawned = new Spawned();
  private Journal journal;
  private CommandRunner runner;

  /** Processes that end when the test says so. */
  private static final class Spawned implements Processes {
    private final List<Consumer<Exit>> ends = new ArrayList<>();

    @Override
    public Handle spawn(ProcessSpec spec, Consumer<Exit> gone) {
      ends.add(gone);
      return new Handle(100L + ends.size(), 1);
    }

    @Override
    public boolean adopt(Handle process, String run, Consumer<Exit> gone) {
      return false;
    }

    @Override
    public void terminate(Handle process, StopPolicy policy) {}

    @Override
    public Optional<ProcessInfo> find(long pid) {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }

  @BeforeEach
  void prepare() {
    journal = new Journal(folder, "boot");
    runner =
        new CommandRunner(
            spawned,
            new AgentEnvironment(Map.of(), "fleet", folder.toString(), () -> "", map -> ""),
            agent -> Optional.empty(),
            new Logs(folder),
            journal,
            Limiter.none(),
            Clock.systemUTC());
  }

  private void launch(String run, Consumer<Event> events) {
    runner.launch(new Action.Launch(AGENT, new RunId(run), 1), events);
  }

  private List<String> journalled() throws IOException {
    return journal.read().stream().map(entry -> entry.run().text()).toList();
  }

  @Test
  void whatEndedLeavesNoJournal() throws IOException {
    launch("first", event -> {});
    assertThat(journalled()).containsExactly("first");
    spawned.ends.getFirst().accept(new Exit.Code(0));
    assertThat(journalled()).isEmpty();
  }

  @Test
  void theEndOfOneRunDoesNotTakeTheJournalOfTheNextWhichMayBeginAtOnce() throws IOException {
    launch(
        "first",
        event -> {
          if (event instanceof Event.Gone) {
            launch("second", next -> {});
          }
        });
    spawned.ends.getFirst().accept(new Exit.Signal(9));
    assertThat(journalled()).containsExactly("second");
  }
}
