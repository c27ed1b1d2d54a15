package dev.flotilla.plan.exchange;

import dev.flotilla.plan.Plan;
import dev.flotilla.plan.PlanRefused;
import dev.flotilla.plan.event.EventLog;
import dev.flotilla.plan.markdown.Edits;
import dev.flotilla.plan.markdown.PlanReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Knows by its contents what a file is, and reads the plans in it. Pure. */
public final class Importer {
  private final String created;
  private final Function<String, String> newId;

  /**
   * @param created the time for plans that state none
   * @param newId an id for a description, for plans that state none
   */
  public Importer(String created, Function<String, String> newId) {
    this.created = created;
    this.newId = newId;
  }

  /**
   * Reads a task file, a listing, a plan or a check list.
   *
   * @param file its name, for messages
   * @throws PlanRefused when it is none of them
   */
  public List<Imported> read(String file, byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
    String start = plain.stripLeading();
    if (start.startsWith("{") || start.startsWith("[{") || isJsonList(start)) {
      return new TasksJson(file).read(plain);
    }
    if (Listing.looksLike(plain)) {
      return new Listing(file).read(plain);
    }
    Plan plan = PlanReader.read(stem(file), bytes);
    if (!plan.phases().isEmpty()) {
      return List.of(plan(file, plan));
    }
    Optional<Imported> list = Checklist.read(file, newId.apply(stem(file)), created, plain);
    return List.of(list.orElseThrow(() -> unknown(file)));
  }

  private static boolean isJsonList(String start) {
    return start.startsWith("[")
        && (start.endsWith("]") || start.stripTrailing().endsWith("]"))
        && !start.startsWith("[ ]")
        && !start.startsWith("[x]");
  }

  private Imported plan(String file, Plan plan) {
    plan.damage()
        .ifPresent(
            problem -> {
              throw new PlanRefused(List.of(problem));
            });
    String text = plan.text();
    String id = plan.front().value("id");
    if (id.isEmpty()) {
      id = newId.apply(stem(file));
      text = Edits.front(plan, "id", id);
      for (String[] key :
          List.of(
              new String[] {"description", stem(file)},
              new String[] {"status", plan.status()},
              new String[] {"created", created})) {
        Plan now = PlanReader.read(plan.file(), text);
        if (now.front().value(key[0]).isEmpty()) {
          text = Edits.front(now, key[0], key[1]);
        }
      }
    }
    return new Imported(id, text, EventLog.data().put("file", file).put("shape", "plan"));
  }

  private static String stem(String file) {
    String name = file.substring(file.replace('\\', '/').lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private static PlanRefused unknown(String file) {
    return new PlanRefused(
        file,
        "nothing that is a plan",
        "a task file in JSON, a listing, headings ## PHASE k: TITLE, or a check list with - [ ]",
        "name a file that holds one; nothing was imported");
  }
}
