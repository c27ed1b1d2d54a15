package dev.flotilla.bench.plan;

import dev.flotilla.plan.event.EventLog;
import dev.flotilla.plan.event.Kind;
import dev.flotilla.plan.markdown.Edits;
import dev.flotilla.plan.store.Change;
import dev.flotilla.plan.store.Draft;
import dev.flotilla.plan.store.ForcedDisk;
import dev.flotilla.plan.store.PlanStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;

/**
 * A process that writes: each write adds a task to a plan and an event to its log, then says so on
 * standard output. Arguments: folder, plan, name, how many.
 */
public final class Writer {
  private Writer() {}

  public static void main(String[] args) {
    PlanStore store =
        new PlanStore(
            Path.of(args[0]),
            new ForcedDisk(),
            Clock.systemUTC(),
            new SecureRandom(),
            PlanStore.WAIT);
    int count = Integer.parseInt(args[3]);
    for (int i = 0; i < count; i++) {
      String word = args[2] + "-" + i;
      long start = System.nanoTime();
      store.change(
          args[1],
          args[2],
          now ->
              new Change<>(
                  Edits.addTask(now.plan(), now.plan().phases().getFirst(), word),
                  List.of(Draft.of(Kind.ADDED, EventLog.data().put("text", word))),
                  true));
      System.out.println(word + " " + (System.nanoTime() - start) / 1000);
      System.out.flush();
    }
  }
}
