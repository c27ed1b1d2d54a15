package dev.flotilla.plan.desk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.plan.Phase;
import dev.flotilla.plan.Plan;
import dev.flotilla.plan.PlanIds;
import dev.flotilla.plan.PlanRefused;
import dev.flotilla.plan.Status;
import dev.flotilla.plan.Task;
import dev.flotilla.plan.event.EventLog;
import dev.flotilla.plan.event.Kind;
import dev.flotilla.plan.markdown.Edits;
import dev.flotilla.plan.markdown.PlanReader;
import dev.flotilla.plan.markdown.PlanText;
import dev.flotilla.plan.store.Change;
import dev.flotilla.plan.store.Draft;
import dev.flotilla.plan.store.PlanEntry;
import dev.flotilla.plan.store.Times;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes plans, adds to them, and puts them away. */
public final class Writing {
  /** How long a completed plan stays before cleaning up takes it. */
  public static final Duration RETENTION = Duration.ofDays(7);

  private final Desk desk;

  public Writing(Desk desk) {
    this.desk = desk;
  }

  /**
   * Makes a plan.
   *
   * @param id empty for one that cannot collide
   * @param phases titles, may be empty
   * @param protocol whether it begins with a PHASE 0 that says how to work with it
   */
  public String create(
      String description, String id, String owner, List<String> phases, boolean protocol) {
    String words = description.strip();
    if (words.isEmpty()) {
      throw new PlanRefused(
          "flotilla plan new", "an empty description", "what the plan is for", "write a sentence");
    }
    String chosen = id.isEmpty() ? desk.store().newId(words) : id;
    Map<String, String> front = new LinkedHashMap<>();
    front.put("id", chosen);
    front.put("description", words);
    front.put("status", Status.IN_PROGRESS);
    front.put("created", desk.now().truncatedTo(ChronoUnit.SECONDS).toString());
    if (!owner.isEmpty()) {
      front.put("owner", owner);
    }
    List<PlanText.Draft> drafts = new ArrayList<>();
    if (protocol) {
      drafts.add(Protocol.phase(chosen));
    }
    for (String title : phases) {
      drafts.add(new PlanText.Draft("PHASE " + drafts.size() + ": " + title.strip(), false, ""));
    }
    desk.store()
        .create(
            PlanIds.file(chosen),
            desk.who(),
            PlanText.of(front, drafts),
            List.of(Draft.of(Kind.CREATED)));
    return chosen;
  }

  /** Adds a phase; its first line is the title, the rest its text. Gives its number. */
  public int addPhase(String id, String text) {
    String[] parts = required(text).split("\n", 2);
    return desk.store()
        .change(
            desk.store().find(id),
            desk.who(),
            now -> {
              Plan plan = now.plan();
              String added =
                  Edits.addPhase(plan, parts[0].strip(), parts.length > 1 ? parts[1] : "");
              Plan after = PlanReader.read(plan.file(), added);
              Phase phase = after.phases().getLast();
              return new Change<>(
                  Texts.following(plan, added),
                  List.of(Texts.event(Kind.ADDED, phase)),
                  phase.index());
            });
  }

  /** Adds a task to a phase. Gives its path. */
  public String addTask(String id, int index, String text) {
    String words = required(text);
    return desk.store()
        .change(
            desk.store().find(id),
            desk.who(),
            now -> {
              Phase phase = Desk.phase(now, index);
              String added = Edits.addTask(now.plan(), phase, words);
              Plan after = PlanReader.read(now.plan().file(), added);
              List<Task> tasks = after.phase(index).orElseThrow().tasks();
              ObjectNode data = EventLog.data().put("text", words);
              return new Change<>(
                  added, List.of(Texts.event(Kind.ADDED, phase, data)), tasks.getLast().path());
            });
  }

  private static String required(String text) {
    if (text.isBlank()) {
      throw new PlanRefused("flotilla plan add", "an empty text", "a title", "write a few words");
    }
    return text.strip();
  }

  /** Takes a plan off the lists; its file stays and {@code undo} brings it back. */
  public void delete(String id) {
    status(id, Status.DELETED, Kind.DELETED);
  }

  /** Brings a deleted plan back. */
  public void restore(String id) {
    status(id, Status.IN_PROGRESS, Kind.RESTORED);
  }

  private void status(String id, String status, Kind kind) {
    desk.store()
        .change(
            desk.store().find(id),
            desk.who(),
            now ->
                new Change<>(
                    restated(now.plan(), status),
                    now.plan().status().equals(status) ? List.of() : List.of(Draft.of(kind)),
                    true));
  }

  private static String restated(Plan plan, String status) {
    String text = Texts.status(plan, plan.text(), status, true);
    return status.equals(Status.DELETED) ? text : Texts.following(plan, text);
  }

  /** Removes a phase from a plan; its text goes to the log. */
  public String deletePhase(String id, int index) {
    return desk.store()
        .change(
            desk.store().find(id),
            desk.who(),
            now -> {
              Phase phase = Desk.phase(now, index);
              ObjectNode data = EventLog.data().put("text", phase.whole().of(now.plan().text()));
              String text = Texts.following(now.plan(), Edits.removePhase(now.plan(), phase));
              return new Change<>(
                  text, List.of(Texts.event(Kind.REMOVED, phase, data)), phase.title());
            });
  }

  /** Removes a plan and its log for ever. */
  public void hardDelete(String id) {
    desk.store().remove(desk.store().find(id), false);
  }

  /**
   * Moves completed and deleted plans that nobody touched for the retention to the archive.
   *
   * @param pretend only say which
   * @return the ids
   */
  public List<String> cleanup(Duration retention, boolean pretend) {
    Instant limit = desk.now().minus(retention);
    List<String> gone = new ArrayList<>();
    for (PlanEntry entry : desk.store().list()) {
      boolean old = Times.read(entry.updated()).map(at -> at.isBefore(limit)).orElse(false);
      if (!entry.open() && old) {
        if (!pretend) {
          desk.store().remove(entry.file(), true);
        }
        gone.add(entry.id());
      }
    }
    return gone;
  }
}
