package dev.flotilla.plan.store;

import dev.flotilla.plan.Plan;
import dev.flotilla.plan.event.EventLog;
import dev.flotilla.plan.event.History;
import dev.flotilla.plan.markdown.PlanReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lists a folder without reading files that did not change: an entry is believed while size and
 * time of its two files are the same, and were not written in the moment the index was. Deleting
 * the index costs only time.
 */
final class PlanIndex {
  /** A file may change twice within this without a new time. */
  private static final long RACY_MILLIS = 50;

  private final Layout layout;
  private final Disk disk;

  PlanIndex(Layout layout, Disk disk) {
    this.layout = layout;
    this.disk = disk;
  }

  List<PlanEntry> entries() throws IOException {
    Map<String, Stamp> stamps = stamps();
    IndexCodec.Contents old = IndexCodec.read(disk.read(layout.index()));
    List<String> stale = new ArrayList<>();
    Map<String, IndexCodec.Row> rows = HashMap.newHashMap(stamps.size());
    for (Map.Entry<String, Stamp> now : stamps.entrySet()) {
      IndexCodec.Row row = old.rows().get(now.getKey());
      if (row != null
          && row.stamp().equals(now.getValue())
          && now.getValue().latest() < old.writtenAt() - RACY_MILLIS) {
        rows.put(now.getKey(), row);
      } else {
        stale.add(now.getKey());
      }
    }
    if (!stale.isEmpty() || rows.size() != old.rows().size()) {
      long startedAt = System.currentTimeMillis();
      stale.parallelStream()
          .map(file -> new IndexCodec.Row(stamps.getOrDefault(file, Stamp.NONE), read(file)))
          .toList()
          .forEach(row -> rows.put(row.entry().file(), row));
      save(new IndexCodec.Contents(startedAt, rows));
    }
    List<PlanEntry> entries = new ArrayList<>(rows.size());
    rows.values().forEach(row -> entries.add(row.entry()));
    entries.sort(
        Comparator.comparingLong(PlanEntry::createdAt).reversed().thenComparing(PlanEntry::file));
    return entries;
  }

  private PlanEntry read(String file) {
    try {
      EventLog log = EventLog.read(disk.read(layout.log(file)));
      Plan plan = PlanReader.read(file, disk.read(layout.plan(file)));
      return PlanEntry.of(plan, History.of(plan, log));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void save(IndexCodec.Contents contents) {
    Path temporary =
        layout.local().resolve("index." + ProcessHandle.current().pid() + "." + System.nanoTime());
    try {
      layout.prepareLocal();
      Files.write(temporary, IndexCodec.write(contents));
      Files.move(temporary, layout.index(), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      // A folder that cannot be written is listed all the same, only without an index.
      temporary.toFile().delete();
    }
  }

  private Map<String, Stamp> stamps() throws IOException {
    Map<String, Stamp> plans = new HashMap<>();
    Map<String, Stamp> logs = new HashMap<>();
    FileVisitor<Path> visitor =
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes is) {
            String name = path.getFileName().toString();
            if (is.isRegularFile() && !name.startsWith(".")) {
              if (name.endsWith(Layout.PLAN)) {
                plans.put(cut(name, Layout.PLAN), Stamp.of(is));
              } else if (name.endsWith(Layout.LOG)) {
                logs.put(cut(name, Layout.LOG), Stamp.of(is));
              }
            }
            return FileVisitResult.CONTINUE;
          }
        };
    try {
      Files.walkFileTree(
          layout.folder(), EnumSet.of(java.nio.file.FileVisitOption.FOLLOW_LINKS), 1, visitor);
    } catch (NoSuchFileException e) {
      return Map.of();
    }
    plans.replaceAll((name, stamp) -> stamp.with(logs.getOrDefault(name, Stamp.NONE)));
    return plans;
  }

  private static String cut(String name, String ending) {
    return name.substring(0, name.length() - ending.length());
  }

  /** Sizes and times of a plan's two files. */
  record Stamp(long planTime, long planSize, long logTime, long logSize) {
    static final Stamp NONE = new Stamp(0, 0, 0, 0);

    static Stamp of(BasicFileAttributes is) {
      long nanos = is.lastModifiedTime().to(java.util.concurrent.TimeUnit.NANOSECONDS);
      return new Stamp(nanos, is.size(), 0, 0);
    }

    Stamp with(Stamp log) {
      return new Stamp(planTime, planSize, log.planTime, log.planSize);
    }

    /** Epoch milliseconds. */
    long latest() {
      return Math.max(planTime, logTime) / 1_000_000;
    }
  }
}
