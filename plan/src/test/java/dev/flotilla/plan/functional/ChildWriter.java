package dev.flotilla.plan.functional;

import dev.flotilla.plan.event.Kind;
import dev.flotilla.plan.markdown.Edits;
import dev.flotilla.plan.store.Change;
import dev.flotilla.plan.store.Draft;
import dev.flotilla.plan.store.ForcedDisk;
import dev.flotilla.plan.store.PlanStore;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;

/** A process that adds tasks to a plan and says each one once it is written. */
public final class ChildWriter {
  private ChildWriter() {}

  public static void main(String[] args) {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    PlanStore store =
        new PlanStore(
            Path.of(args[0]),
            new ForcedDisk(),
            Clock.systemUTC(),
            new SecureRandom(),
            PlanStore.WAIT);
    for (int i = 0; i < Integer.parseInt(args[2]); i++) {
      String word = args[1] + "-" + i;
      store.change(
          "p",
          args[1],
          now ->
              new Change<>(
                  Edits.addTask(now.plan(), now.plan().phases().getFirst(), word),
                  List.of(Draft.of(Kind.ADDED)),
                  true));
      out.println(word);
    }
  }
}
