package dev.flotilla.node.probe;

import dev.flotilla.model.Probe;
import dev.flotilla.node.core.ProbeHistory.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One probe of one run, asked until it is ended. That an agent is as well as it was before is told
 * to nobody. For the thread of the loop, but for {@link #end}.
 */
final class Asking {
  private final SocketLoop loop;
  private final Probe probe;
  private final Supplier<CompletableFuture<Answer>> question;
  private final Consumer<Answer> told;
  private final List<CompletableFuture<Answer>> open = new ArrayList<>();
  private Optional<SocketLoop.Timer> next = Optional.empty();
  private boolean passed;
  private boolean well;
  private int asked;
  private volatile boolean over;

  Asking(
      SocketLoop loop,
      Probe probe,
      Supplier<CompletableFuture<Answer>> question,
      Consumer<Answer> told) {
    this.loop = loop;
    this.probe = probe;
    this.question = question;
    this.told = told;
  }

  /** Asks once and sees to it that the next question follows. */
  void ask() {
    if (over) {
      return;
    }
    long start = System.nanoTime();
    asked++;
    boolean steady = passed;
    if (steady) {
      next(start);
    }
    CompletableFuture<Answer> asking = question.get();
    open.add(asking);
    var _ = asking.thenAccept(answer -> onLoop(() -> heard(answer, start, steady)));
  }

  private void onLoop(Runnable task) {
    if (loop.inside()) {
      task.run();
    } else {
      loop.execute(task);
    }
  }

  private void heard(Answer answer, long start, boolean steady) {
    open.removeIf(CompletableFuture::isDone);
    if (over) {
      return;
    }
    passed |= answer.ok();
    if (!answer.ok() || !well) {
      told.accept(answer);
    }
    well = answer.ok();
    if (!steady) {
      next(start);
    }
  }

  private void next(long start) {
    long due = ProbeSchedule.next(probe, asked, passed, start);
    next = Optional.of(loop.at(due, this::ask));
  }

  /**
   * Ends it; nothing is told from now on. What is open is to be cancelled on the loop's thread.
   *
   * @return whether it went on until now
   */
  boolean end() {
    boolean first = !over;
    over = true;
    return first;
  }

  void cancel() {
    next.ifPresent(SocketLoop.Timer::cancel);
    List.copyOf(open).forEach(asking -> asking.cancel(false));
    open.clear();
  }
}
