package dev.flotilla.node.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the kernel's process table. Thread-safe. */
public final class ProcessTable {
  private static final int MOST_DESCENDANTS = 100_000;

  private final Path proc;

  public ProcessTable() {
    this(Path.of("/proc"));
  }

  /**
   * @param proc where the table is mounted
   */
  public ProcessTable(Path proc) {
    this.proc = proc;
  }

  /** One process, if it is there. */
  public Optional<ProcessInfo> find(long pid) {
    try {
      return Optional.of(
          ProcessInfo.parse(
              Files.readString(
                  proc.resolve(Long.toString(pid)).resolve("stat"), StandardCharsets.ISO_8859_1)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether a signal stopped the process, so that it does nothing until one continues it. */
  public boolean stopped(long pid) {
    return pid > 0 && find(pid).filter(ProcessInfo::stopped).isPresent();
  }

  /** All processes, without the kernel's own threads, by pid. */
  public Map<Long, ProcessInfo> snapshot() {
    Map<Long, ProcessInfo> all = new LinkedHashMap<>();
    String[] names = new File(proc.toString()).list();
    if (names == null) {
      return all;
    }
    for (String name : names) {
      if (!name.isEmpty() && Character.isDigit(name.charAt(0))) {
        find(Long.parseLong(name))
            .filter(info -> info.parent() != 2 && info.pid() != 2)
            .ifPresent(info -> all.put(info.pid(), info));
      }
    }
    return all;
  }

  /** All children of a process and theirs, as the kernel lists them. */
  List<ProcessInfo> descendants(long pid) {
    List<ProcessInfo> found = new ArrayList<>();
    Deque<Long> open = new ArrayDeque<>(List.of(pid));
    while (!open.isEmpty() && found.size() < MOST_DESCENDANTS) {
      for (long child : children(open.pop())) {
        find(child).ifPresent(found::add);
        open.push(child);
      }
    }
    return found;
  }

  private List<Long> children(long pid) {
    Path tasks = proc.resolve(Long.toString(pid)).resolve("task");
    String[] threads = new File(tasks.toString()).list();
    List<Long> children = new ArrayList<>();
    for (String thread : threads == null ? new String[0] : threads) {
      try {
        children.addAll(childrenOf(tasks.resolve(thread)));
      } catch (IOException e) {
        children.addAll(List.of()); // the thread has ended, and its children are another's
      }
    }
    return children;
  }

  private static List<Long> childrenOf(Path task) throws IOException {
    String words = Files.readString(task.resolve("children")).strip();
    if (words.isEmpty()) {
      return List.of();
    }
    List<Long> children = new ArrayList<>();
    for (String word : words.split(" ", -1)) {
      children.add(Long.parseLong(word));
    }
    return children;
  }

  /**
   * The children that this process did not start itself: the kernel gives those whose parent ended
   * to its first thread, which starts none. Empty where the kernel does not tell.
   */
  Optional<List<Long>> inherited() {
    String self = Long.toString(ProcessHandle.current().pid());
    try {
      return Optional.of(childrenOf(proc.resolve(self).resolve("task").resolve(self)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The environment a process was started with; empty where it may not be read. */
  public List<String> environment(long pid) {
    try {
      byte[] bytes = Files.readAllBytes(proc.resolve(Long.toString(pid)).resolve("environ"));
      List<String> entries = new ArrayList<>();
      int from = 0;
      for (int i = 0; i < bytes.length; i++) {
        if (bytes[i] == 0) {
          entries.add(new String(bytes, from, i - from, StandardCharsets.UTF_8));
          from = i + 1;
        }
      }
      return entries;
    } catch (IOException e) {
      return List.of();
    }
  }

  /** One variable of a process. */
  public Optional<String> variable(long pid, String name) {
    String prefix = name + "=";
    return environment(pid).stream()
        .filter(entry -> entry.startsWith(prefix))
        .map(entry -> entry.substring(prefix.length()))
        .findFirst();
  }

  /** When a process started, by the machine's boot time and the usual 100 ticks a second. */
  public Optional<Instant> startedAt(ProcessInfo info) {
    try (Stream<String> lines = Files.lines(proc.resolve("stat"))) {
      return lines
          .filter(line -> line.startsWith("btime "))
          .map(line -> Instant.ofEpochSecond(Long.parseLong(line.substring(6).strip())))
          .map(boot -> boot.plusMillis(info.startTicks() * 10))
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Identifies this boot of the machine, so that pids of an earlier one are not mistaken. */
  public String bootId() {
    try {
      return Files.readString(proc.resolve("sys/kernel/random/boot_id")).strip();
    } catch (IOException e) {
      return "unknown";
    }
  }
}
