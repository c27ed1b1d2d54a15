package dev.flotilla.plan.store;

import dev.flotilla.model.Problem;
import dev.flotilla.plan.Plan;
import dev.flotilla.plan.PlanIds;
import dev.flotilla.plan.PlanRefused;
import dev.flotilla.plan.event.Event;
import dev.flotilla.plan.event.EventLog;
import dev.flotilla.plan.markdown.PlanReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * The plans of one folder. Reading takes no lock; each write holds the plan's lock, appends its
 * events, then replaces the Markdown, all forced to disk before it returns. Thread-safe.
 */
public final class PlanStore {
  /** How long a writer waits for its turn. */
  public static final Duration WAIT = Duration.ofSeconds(30);

  private static final String ATTRIBUTES = "*.events.jsonl merge=union\n*.md merge=flotilla-plan\n";

  private final Layout layout;
  private final Disk disk;
  private final Clock clock;
  private final RandomGenerator random;
  private final Locks locks;

  public PlanStore(Path folder, Disk disk, Clock clock, RandomGenerator random, Duration wait) {
    this.layout = new Layout(folder);
    this.disk = disk;
    this.clock = clock;
    this.random = random;
    this.locks = new Locks(layout.locks(), wait);
  }

  public Layout layout() {
    return layout;
  }

  /** A new id for a plan, by today's date, its description and chance. */
  public String newId(String description) {
    return PlanIds.plan(clock.instant(), description, random);
  }

  /** The one plan an id, the beginning of an id, or the last letters of one mean. */
  public String find(String words) {
    return PlanNames.find(layout, words);
  }

  /** Reads a plan by its file. */
  public Stored read(String file) {
    try {
      return load(file);
    } catch (IOException e) {
      throw DiskErrors.refusal("reading", layout.plan(file), e);
    }
  }

  private Stored load(String file) throws IOException {
    if (!Files.exists(layout.plan(file))) {
      throw PlanNames.unknown(layout, file);
    }
    EventLog log = EventLog.read(disk.read(layout.log(file)));
    Plan plan = PlanReader.read(file, disk.read(layout.plan(file)));
    return Stored.of(plan, log);
  }

  /**
   * Changes a plan: the writer sees the latest state and nobody writes between.
   *
   * @param who the person or agent who writes
   * @throws PlanRefused when the file is damaged, the writer refuses, or the disk does
   */
  public <T> T change(String file, String who, Function<Stored, Change<T>> writer) {
    try {
      return locks.hold(file, () -> write(file, who, writer));
    } catch (IOException e) {
      throw DiskErrors.refusal("writing", layout.plan(file), e);
    }
  }

  private <T> T write(String file, String who, Function<Stored, Change<T>> writer)
      throws IOException {
    Stored now = load(file);
    Change<T> change = writer.apply(now);
    boolean edits = !change.text().equals(now.plan().text());
    if (edits && now.plan().damage().isPresent()) {
      throw new PlanRefused(List.of(now.plan().damage().get()));
    }
    long before = -1;
    if (!change.events().isEmpty()) {
      before = disk.append(layout.log(file), lines(now.log(), who, change.events()));
    }
    if (edits) {
      try {
        disk.replace(layout.plan(file), change.text().getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        if (before >= 0) {
          disk.truncate(layout.log(file), before);
        }
        throw e;
      }
    }
    return change.answer();
  }

  private byte[] lines(EventLog log, String who, List<Draft> drafts) {
    StringBuilder out = new StringBuilder();
    long sequence = log.lastSequence();
    Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    for (Draft draft : drafts) {
      sequence++;
      out.append(
          EventLog.line(
              new Event(
                  sequence,
                  PlanIds.event(at, random),
                  at,
                  who,
                  draft.kind(),
                  draft.phase(),
                  draft.title(),
                  draft.data())));
    }
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Makes a new plan; refuses when its file is there. */
  public void create(String file, String who, String text, List<Draft> events) {
    try {
      prepare();
      locks.hold(
          file,
          () -> {
            if (Files.exists(layout.plan(file))) {
              throw new FileAlreadyExistsException(layout.plan(file).toString());
            }
            disk.replace(layout.log(file), lines(EventLog.EMPTY, who, events));
            try {
              disk.create(layout.plan(file), text.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
              disk.delete(layout.log(file));
              throw e;
            }
            return file;
          });
    } catch (FileAlreadyExistsException e) {
      throw new PlanRefused(
          layout.plan(file).toString(),
          "a plan with the id " + file,
          "a new id",
          "import with --replace to take its place, or rename the id in the file you import");
    } catch (IOException e) {
      throw DiskErrors.refusal("writing", layout.plan(file), e);
    }
  }

  /** Makes the folder, tells git how to merge plans and logs, and to ignore what is local. */
  public void prepare() throws IOException {
    layout.prepareLocal();
    Path attributes = layout.folder().resolve(".gitattributes");
    if (!Files.exists(attributes)) {
      disk.replace(attributes, ATTRIBUTES.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Takes a plan with its log out of the folder: to the archive, or for ever. */
  public void remove(String file, boolean keep) {
    try {
      locks.hold(
          file,
          () -> {
            if (!Files.exists(layout.plan(file))) {
              throw PlanNames.unknown(layout, file);
            }
            for (Path path : List.of(layout.plan(file), layout.log(file))) {
              if (!keep) {
                disk.delete(path);
              } else if (Files.exists(path)) {
                disk.move(path, layout.archive().resolve(path.getFileName()));
              }
            }
            return file;
          });
    } catch (IOException e) {
      throw DiskErrors.refusal("removing", layout.plan(file), e);
    }
  }

  /** All plans in short, newest first, from the index where it is still true. */
  public List<PlanEntry> list() {
    try {
      return new PlanIndex(layout, disk).entries();
    } catch (IOException e) {
      throw DiskErrors.refusal("reading", layout.folder(), e);
    }
  }

  /** The first problem of each plan that the program cannot edit. */
  public List<Problem> damaged() {
    List<Problem> found = new ArrayList<>();
    for (PlanEntry entry : list()) {
      if (!entry.damage().isEmpty()) {
        read(entry.file()).plan().damage().ifPresent(found::add);
      }
    }
    return found;
  }
}
