package dev.flotilla.bench.plan;

import dev.flotilla.plan.Mark;
import dev.flotilla.plan.Phase;
import dev.flotilla.plan.Plan;
import dev.flotilla.plan.Task;
import dev.flotilla.plan.desk.Closing;
import dev.flotilla.plan.desk.Desk;
import dev.flotilla.plan.desk.Repository;
import dev.flotilla.plan.desk.Writing;
import dev.flotilla.plan.event.Event;
import dev.flotilla.plan.gate.Facts;
import dev.flotilla.plan.markdown.Edits;
import dev.flotilla.plan.run.Masks;
import dev.flotilla.plan.run.ProcessShell;
import dev.flotilla.plan.store.ForcedDisk;
import dev.flotilla.plan.store.PlanStore;
import dev.flotilla.plan.store.Stored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Two branches of a real repository with a hundred random edits each, merged by git as a user has
 * it set up: with the attributes that the program wrote and the driver that it installed.
 */
final class Merges {
  private static final String PLAN = "both";

  private final Path launcher;
  private final Path root;
  private int conflicts;
  private int wanted;
  private int lost;
  private int duplicates;
  private int unexpected;

  Merges(Path launcher, Path root) {
    this.launcher = launcher;
    this.root = root;
  }

  /** What one branch did: values by the name of the field, and the events it wrote. */
  private record Branch(Map<String, String> fields, Set<String> events) {}

  String row(int seeds, int edits) throws IOException, InterruptedException {
    for (int seed = 0; seed < seeds; seed++) {
      once(Files.createDirectories(root.resolve("merge-" + seed)), new Random(seed), edits);
    }
    return "| %d merges of two branches, %d edits each | %d wanted, %d lost | %d | %d in fields that both changed, %d in others |"
        .formatted(seeds, edits, wanted, lost, duplicates, conflicts, unexpected);
  }

  private void once(Path folder, Random random, int edits)
      throws IOException, InterruptedException {
    git(folder, "init", "-q", ".");
    Desk desk = desk(folder);
    desk.store().create(PLAN, "bench", start(), List.of());
    Tools.said(
        List.of("sh", "-c", "cd '" + folder + "' && '" + launcher + "' plan merge --install"));
    git(folder, "add", "-A");
    git(folder, "commit", "-qm", "start");
    git(folder, "branch", "theirs");
    Branch ours = branch(desk, "ours", random, edits);
    git(folder, "commit", "-qam", "ours");
    git(folder, "checkout", "-q", "theirs");
    Branch theirs = branch(desk, "theirs", random, edits);
    git(folder, "commit", "-qam", "theirs");
    git(folder, "checkout", "-q", "-");
    int exit = git(folder, "merge", "-q", "-m", "both", "theirs");
    judge(folder, desk, ours, theirs, exit);
  }

  private static String start() {
    StringBuilder text =
        new StringBuilder("---\nid: both\ndescription: d\nstatus: in_progress\nowner: o\n---\n");
    for (int k = 0; k < 20; k++) {
      text.append("\n## PHASE ").append(k).append(": phase ").append(k).append('\n');
      text.append("Needs: none\n\n**Tasks:**\n1. [ ] t").append(k).append("\n2. [ ] u");
      text.append(k).append('\n');
    }
    return text.toString();
  }

  private static Branch branch(Desk desk, String name, Random random, int edits) {
    Map<String, String> fields = new HashMap<>();
    Desk own = desk.as(name);
    for (int i = 0; i < edits; i++) {
      Stored now = own.store().read(PLAN);
      edit(own, now, name + "-" + i, random, fields);
    }
    Set<String> events = new HashSet<>();
    own.store().read(PLAN).log().events().stream()
        .filter(e -> e.who().equals(name))
        .map(Event::id)
        .forEach(events::add);
    return new Branch(fields, events);
  }

  private static void edit(
      Desk desk, Stored now, String word, Random random, Map<String, String> fields) {
    Plan plan = now.plan();
    Phase phase = plan.phases().get(random.nextInt(plan.phases().size()));
    List<Task> open = phase.openTasks().toList();
    switch (random.nextInt(8)) {
      case 0, 1, 2 -> {
        if (!open.isEmpty()) {
          Task task = open.get(random.nextInt(open.size()));
          new Closing(desk).tick(PLAN, phase.index(), task.path(), Mark.DONE);
          fields.put("task " + task.text(), "x");
        }
      }
      case 3, 4 -> {
        new Writing(desk).addTask(PLAN, phase.index(), word);
        fields.put("new " + word, "");
      }
      case 5 -> {
        new Closing(desk)
            .done(PLAN, phase.index(), new Closing.Wish(-1, "", true, "a benchmark forces it"));
        fields.put("phase " + phase.title(), "x");
      }
      case 6 -> {
        new Writing(desk).addPhase(PLAN, word + "\nNeeds: none\n");
        fields.put("new " + word, "");
      }
      default -> byHand(desk, plan, random.nextBoolean() ? "owner" : "description", word, fields);
    }
  }

  /** As a person does, with an editor. */
  private static void byHand(
      Desk desk, Plan plan, String key, String word, Map<String, String> fields) {
    try {
      Files.writeString(desk.store().layout().plan(PLAN), Edits.front(plan, key, word));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    fields.put("front " + key, word);
  }

  private void judge(Path folder, Desk desk, Branch ours, Branch theirs, int exit)
      throws IOException {
    String text = Files.readString(folder.resolve("plans/" + PLAN + ".md"));
    Set<String> both = new HashSet<>(ours.fields().keySet());
    both.retainAll(theirs.fields().keySet());
    both.removeIf(field -> !field.startsWith("front "));
    int marked = text.split("\n<<<<<<<", -1).length - 1;
    conflicts += Math.min(marked, both.size());
    unexpected += Math.max(0, marked - both.size()) + (exit != 0 && marked == 0 ? 1 : 0);
    Stored stored = desk.store().read(PLAN);
    for (Branch branch : List.of(ours, theirs)) {
      branch.fields().forEach((field, value) -> look(stored.plan(), text, field, value));
      Set<String> kept = new HashSet<>();
      stored.log().events().forEach(e -> kept.add(e.id()));
      wanted += branch.events().size();
      lost += (int) branch.events().stream().filter(id -> !kept.contains(id)).count();
    }
    Set<Integer> numbers = new HashSet<>();
    for (Phase phase : stored.plan().phases()) {
      duplicates += numbers.add(phase.index()) ? 0 : 1;
    }
  }

  private void look(Plan plan, String text, String field, String value) {
    String name = field.substring(field.indexOf(' ') + 1);
    boolean there =
        switch (field.substring(0, field.indexOf(' '))) {
          case "task" ->
              plan.phases().stream()
                  .flatMap(phase -> phase.tasks().stream())
                  .anyMatch(task -> task.text().equals(name) && task.mark() == Mark.DONE);
          case "phase" ->
              plan.phases().stream().anyMatch(phase -> phase.title().equals(name) && phase.done());
          case "front" -> text.contains(name + ": " + value);
          default -> text.contains(name);
        };
    wanted++;
    lost += there ? 0 : 1;
  }

  private static Desk desk(Path folder) {
    return new Desk(
        new PlanStore(
            folder.resolve("plans"),
            new ForcedDisk(),
            Clock.systemUTC(),
            new SecureRandom(),
            PlanStore.WAIT),
        "bench",
        Clock.systemUTC(),
        folder,
        Repository.NONE,
        Facts.NONE,
        new ProcessShell(Masks.of(Map.of())),
        Map.of());
  }

  private static int git(Path folder, String... words) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("git", "-c", "user.name=b", "-c", "user.email=b@b"));
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.getOutputStream().close();
    return process.waitFor();
  }
}
