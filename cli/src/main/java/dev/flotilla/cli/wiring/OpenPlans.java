package dev.flotilla.cli.wiring;

import dev.flotilla.assistant.builtin.PlanFact;
import dev.flotilla.plan.PlanRefused;
import dev.flotilla.plan.store.ForcedDisk;
import dev.flotilla.plan.store.PlanEntry;
import dev.flotilla.plan.store.PlanEntry.PhaseEntry;
import dev.flotilla.plan.store.PlanFolder;
import dev.flotilla.plan.store.PlanStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open plans of a fleet's folder, for the engine that answers questions about them. */
final class OpenPlans implements Supplier<List<PlanFact>> {
  private static final Logger log = LoggerFactory.getLogger(OpenPlans.class);

  private final Path directory;
  private final Map<String, String> environment;

  /**
   * @param directory of the fleet's manifest
   */
  OpenPlans(Path directory, Map<String, String> environment) {
    this.directory = directory;
    this.environment = environment;
  }

  /** Reads them anew; empty where there are none, or where they cannot be read. */
  @Override
  public List<PlanFact> get() {
    Path folder = PlanFolder.of(directory, environment);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    PlanStore store =
        new PlanStore(folder, new ForcedDisk(), Clock.systemUTC(), new Random(), PlanStore.WAIT);
    try {
      return store.list().stream().filter(PlanEntry::open).map(OpenPlans::fact).toList();
    } catch (PlanRefused e) {
      log.warn("The plans in {} cannot be read: {}", folder, e.getMessage());
      return List.of();
    }
  }

  private static PlanFact fact(PlanEntry plan) {
    return new PlanFact(
        plan.id(),
        plan.description(),
        plan.status().toLowerCase(Locale.ROOT).replace('_', ' '),
        (int) plan.phases().stream().filter(PhaseEntry::done).count(),
        plan.phases().size(),
        plan.phases().stream().filter(PhaseEntry::ready).map(PhaseEntry::title).toList(),
        Optional.of(plan.activeBy()).filter(who -> !who.isEmpty()));
  }
}
