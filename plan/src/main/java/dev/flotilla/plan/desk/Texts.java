package dev.flotilla.plan.desk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.plan.Phase;
import dev.flotilla.plan.Plan;
import dev.flotilla.plan.Status;
import dev.flotilla.plan.event.EventLog;
import dev.flotilla.plan.event.Kind;
import dev.flotilla.plan.markdown.Edits;
import dev.flotilla.plan.markdown.PlanReader;
import dev.flotilla.plan.store.Draft;

/** Texts and events that several actions make. */
final class Texts {
  private Texts() {}

  /** Sets the status where the file states one, or always when it must be stated. */
  static String status(Plan plan, String text, String status, boolean always) {
    Plan now = PlanReader.read(plan.file(), text);
    boolean states = now.front().entries().containsKey("status");
    return states || always ? Edits.front(now, "status", status) : text;
  }

  /** The status that the marks of this text ask for, starting from the stated one. */
  static String following(Plan plan, String text) {
    Plan now = PlanReader.read(plan.file(), text);
    boolean complete = !now.phases().isEmpty() && now.phases().stream().allMatch(Phase::done);
    if (complete) {
      return status(plan, text, Status.COMPLETED, false);
    }
    return switch (now.status()) {
      case Status.COMPLETED, Status.NEW, "done", "new", "planned" ->
          status(plan, text, Status.IN_PROGRESS, false);
      default -> text;
    };
  }

  static Draft event(Kind kind, Phase phase, ObjectNode data) {
    return new Draft(kind, phase.index(), phase.title(), data);
  }

  static Draft event(Kind kind, Phase phase) {
    return event(kind, phase, EventLog.data());
  }
}
