package dev.flotilla.hub.observability;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All processes of a machine at one moment, as {@code /proc} shows them. Immutable. */
final class ProcessTree {
  private static final double TICKS_PER_SECOND = 100;
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final int PARENT = 1;
  private static final int USER_TIME = 11;
  private static final int SYSTEM_TIME = 12;

  private final Path proc;
  private final Map<Long, Stat> stats;
  private final Map<Long, List<Long>> children = new HashMap<>();

  private record Stat(long parent, double cpuSeconds) {}

  private ProcessTree(Path proc, Map<Long, Stat> stats) {
    this.proc = proc;
    this.stats = stats;
    stats.forEach(
        (pid, stat) -> children.computeIfAbsent(stat.parent(), _ -> new ArrayList<>()).add(pid));
  }

  /**
   * Reads it.
   *
   * @param proc {@code /proc}, or a folder like it
   */
  static ProcessTree read(Path proc) throws IOException {
    Map<Long, Stat> stats = new HashMap<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (Path folder : folders) {
        stat(folder).ifPresent(s -> stats.put(Long.parseLong(folder.getFileName().toString()), s));
      }
    }
    return new ProcessTree(proc, stats);
  }

  private static Optional<Stat> stat(Path folder) {
    return text(folder.resolve("stat"))
        .flatMap(
            text -> {
              String[] fields = text.substring(text.lastIndexOf(')') + 1).strip().split(" ");
              return fields.length <= SYSTEM_TIME
                  ? Optional.empty()
                  : Optional.of(
                      new Stat(
                          Long.parseLong(fields[PARENT]),
                          (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]))
                              / TICKS_PER_SECOND));
            });
  }

  /** What a process and all its descendants use; empty when there is no such process. */
  Optional<ResourceUse> use(long pid) {
    if (!stats.containsKey(pid)) {
      return Optional.empty();
    }
    long resident = 0;
    double cpu = 0;
    Set<Long> seen = new HashSet<>();
    Deque<Long> queue = new ArrayDeque<>(List.of(pid));
    while (!queue.isEmpty()) {
      long at = queue.removeFirst();
      Stat stat = stats.get(at);
      if (stat != null && seen.add(at)) {
        resident += resident(at);
        cpu += stat.cpuSeconds();
        queue.addAll(children.getOrDefault(at, List.of()));
      }
    }
    return Optional.of(new ResourceUse(resident, cpu, OptionalDouble.empty()));
  }

  private long resident(long pid) {
    return text(proc.resolve(Long.toString(pid)).resolve("status"))
        .map(RESIDENT::matcher)
        .filter(Matcher::find)
        .map(m -> Long.parseLong(m.group(1)) << 10)
        .orElse(0L);
  }

  /** Empty for a process that has gone meanwhile. */
  private static Optional<String> text(Path file) {
    try {
      return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
