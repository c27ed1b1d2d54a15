package dev.flotilla.cli.plan;

import dev.flotilla.cli.context.Context;
import dev.flotilla.plan.desk.Desk;
import dev.flotilla.plan.desk.GitRepository;
import dev.flotilla.plan.run.Masks;
import dev.flotilla.plan.run.ProcessShell;
import dev.flotilla.plan.store.ForcedDisk;
import dev.flotilla.plan.store.PlanFolder;
import dev.flotilla.plan.store.PlanStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sets up the desk of this process. */
final class Desks {
  private Desks() {}

  static Desk open(Context context, @Nullable Path named, String actor) {
    Path folder = folder(context, named);
    Path workspace = parent(folder);
    Map<String, String> environment = context.environment();
    return new Desk(
        new PlanStore(folder, new ForcedDisk(), Clock.systemUTC(), Desks::chance, PlanStore.WAIT),
        who(environment, actor),
        Clock.systemUTC(),
        workspace,
        new GitRepository(workspace, folder),
        new FleetFacts(context, workspace),
        new ProcessShell(Masks.of(environment)),
        environment);
  }

  /** Reading needs none, and setting one up costs a cold command milliseconds. */
  private static long chance() {
    return Chance.SOURCE.nextLong();
  }

  private static final class Chance {
    private static final SecureRandom SOURCE = new SecureRandom();
  }

  private static Path parent(Path folder) {
    Path parent = folder.getParent();
    return parent == null ? folder : parent;
  }

  private static Path folder(Context context, @Nullable Path named) {
    return named == null
        ? PlanFolder.of(context.directory(), context.environment())
        : context.directory().resolve(named).normalize();
  }

  private static String who(Map<String, String> environment, String actor) {
    if (!actor.isBlank()) {
      return actor.strip();
    }
    for (String name : new String[] {"FLOTILLA_ACTOR", "FLOTILLA_AGENT", "USER", "LOGNAME"}) {
      String value = environment.getOrDefault(name, "");
      if (!value.isBlank()) {
        return value;
      }
    }
    return System.getProperty("user.name", "someone");
  }
}
