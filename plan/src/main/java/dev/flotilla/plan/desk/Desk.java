package dev.flotilla.plan.desk;

import dev.flotilla.plan.Phase;
import dev.flotilla.plan.PlanRefused;
import dev.flotilla.plan.gate.Facts;
import dev.flotilla.plan.run.Shell;
import dev.flotilla.plan.store.PlanStore;
import dev.flotilla.plan.store.Stored;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What every action needs: the plans, who acts, and the world around. Thread-safe.
 *
 * @param who the person or agent who acts
 * @param workspace the folder that commands run in and gates look at
 * @param environment names and values commands inherit
 */
public record Desk(
    PlanStore store,
    String who,
    Clock clock,
    Path workspace,
    Repository repository,
    Facts facts,
    Shell shell,
    Map<String, String> environment) {

  public Instant now() {
    return clock.instant();
  }

  /** The plan these letters mean. */
  public Stored open(String id) {
    return store.read(store.find(id));
  }

  /** The same desk with someone else sitting at it. */
  public Desk as(String name) {
    return new Desk(store, name, clock, workspace, repository, facts, shell, environment);
  }

  /** The phase with this number, or a refusal that names those there are. */
  public static Phase phase(Stored stored, int index) {
    return stored
        .plan()
        .phase(index)
        .orElseThrow(
            () ->
                new PlanRefused(
                    stored.plan().file() + ".md",
                    "no PHASE " + index,
                    stored.plan().phases().isEmpty()
                        ? "a plan with phases"
                        : "one of "
                            + stored.plan().phases().stream()
                                .map(p -> Integer.toString(p.index()))
                                .collect(Collectors.joining(", ")),
                    stored.plan().phases().isEmpty()
                        ? "add one with flotilla plan add " + stored.plan().id() + " TITLE"
                        : "see flotilla plan show " + stored.plan().id()));
  }
}
