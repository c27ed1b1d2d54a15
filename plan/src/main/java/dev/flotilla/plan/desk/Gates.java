package dev.flotilla.plan.desk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.plan.Hashes;
import dev.flotilla.plan.Phase;
import dev.flotilla.plan.PlanRefused;
import dev.flotilla.plan.event.EventLog;
import dev.flotilla.plan.event.Kind;
import dev.flotilla.plan.gate.Check;
import dev.flotilla.plan.gate.Gate;
import dev.flotilla.plan.gate.Outcome;
import dev.flotilla.plan.store.Change;
import dev.flotilla.plan.store.Draft;
import dev.flotilla.plan.store.Stored;
import java.util.ArrayList;
import java.util.List;

/** Looks at gates: what each condition says, and runs their commands when they were shown. */
public final class Gates {
  private final Desk desk;

  public Gates(Desk desk) {
    this.desk = desk;
  }

  /**
   * A gate and what checking it gave.
   *
   * @param hash what {@code --run} must state to run its commands
   */
  public record Answer(
      String id, int phase, String title, Gate gate, List<Outcome> outcomes, String hash) {
    /** Whether every condition holds and every line is a condition. */
    public boolean open() {
      return gate.problems().isEmpty()
          && outcomes.stream().allMatch(o -> o.state() == Outcome.State.HOLDS);
    }
  }

  /** Looks without running anything: commands count when they held and nothing changed since. */
  public Answer look(String id, int phase) {
    Stored stored = desk.open(id);
    return check(stored, Desk.phase(stored, phase), false);
  }

  /** Runs the commands of a gate that was shown with this hash, and logs what they gave. */
  public Answer run(String id, int phase, String hash) {
    Stored stored = desk.open(id);
    Phase found = Desk.phase(stored, phase);
    requireShown(stored, found, hash);
    Answer answer = check(stored, found, true);
    record(stored.plan().file(), found, answer.outcomes());
    return answer;
  }

  /** Refuses a hash that is not that of the gate as it now stands. */
  void requireShown(Stored stored, Phase phase, String hash) {
    Gate gate = Gate.of(stored.plan().file(), phase);
    String now = gate.hash(desk.workspace().toString());
    if (!now.equals(hash)) {
      throw new PlanRefused(
          stored.plan().file() + ".md:" + phase.line(),
          "the hash " + hash,
          "the hash of the gate as it now stands",
          "read it with flotilla plan gate "
              + stored.plan().id()
              + " "
              + phase.index()
              + ", then repeat with the hash shown there");
    }
  }

  Answer check(Stored stored, Phase phase, boolean run) {
    return check(stored, phase, run, -1);
  }

  /**
   * @param stated the confidence the actor states now, −1 for none
   */
  Answer check(Stored stored, Phase phase, boolean run, double stated) {
    Gate gate = Gate.of(stored.plan().file(), phase);
    Check check = new GateChecks(desk, stored, phase, run, stated);
    List<Outcome> outcomes = new ArrayList<>();
    gate.conditions().forEach(condition -> outcomes.add(check.of(condition)));
    return new Answer(
        stored.plan().id(),
        phase.index(),
        phase.title(),
        gate,
        outcomes,
        gate.commands().isEmpty() ? "" : gate.hash(desk.workspace().toString()));
  }

  private void record(String file, Phase phase, List<Outcome> outcomes) {
    String fingerprint = desk.repository().fingerprint();
    List<Draft> drafts = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      if (outcome.condition().verifies()) {
        ObjectNode data = EventLog.data();
        data.put("condition", outcome.condition().text());
        data.put("state", outcome.state().name().toLowerCase(java.util.Locale.ROOT));
        data.put("found", outcome.found());
        data.put("tree", fingerprint);
        if (outcome.exit() >= 0) {
          data.put("exit", outcome.exit());
        }
        if (!outcome.output().isEmpty()) {
          data.put("output", outcome.output());
        }
        drafts.add(Texts.event(Kind.CHECKED, phase, data));
      }
    }
    if (!drafts.isEmpty()) {
      desk.store().change(file, desk.who(), now -> new Change<>(now.plan().text(), drafts, true));
    }
  }

  /** Records what a name is compared with from now on. */
  public void baseline(String id, String name, double value) {
    ObjectNode data = EventLog.data().put("name", name).put("value", value);
    desk.store()
        .change(
            desk.store().find(id),
            desk.who(),
            now -> new Change<>(now.plan().text(), List.of(Draft.of(Kind.BASELINE, data)), true));
  }

  /** Says that the IMPORTANT NOTE of a phase was read and understood, as it now reads. */
  public String acknowledge(String id, int index) {
    return desk.store()
        .change(
            desk.store().find(id),
            desk.who(),
            now -> {
              Phase phase = Desk.phase(now, index);
              if (phase.note().isEmpty()) {
                throw new PlanRefused(
                    now.plan().file() + ".md:" + phase.line(),
                    "PHASE " + index + " without an IMPORTANT NOTE",
                    "a note to acknowledge",
                    "go on with flotilla plan done " + now.plan().id() + " " + index);
              }
              ObjectNode data = EventLog.data().put("note", noteHash(phase));
              return new Change<>(
                  now.plan().text(),
                  List.of(Texts.event(Kind.ACKNOWLEDGED, phase, data)),
                  phase.note());
            });
  }

  static String noteHash(Phase phase) {
    return Hashes.of(phase.note()).substring(0, 12);
  }
}
