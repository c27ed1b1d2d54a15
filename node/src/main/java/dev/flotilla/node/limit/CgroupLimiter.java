package dev.flotilla.node.limit;

import dev.flotilla.model.Agent;
import dev.flotilla.model.Bytes;
import dev.flotilla.model.Limits;
import dev.flotilla.node.process.SpawnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Limits by a cgroup for each agent that has any. An agent moves itself into its cgroup before it
 * becomes its program, so that nothing it starts is outside.
 */
final class CgroupLimiter implements Limiter {
  private static final long PERIOD_MICROS = 100_000;
  private static final String ENTER =
      "while [ \"$1\" != -- ]; do echo $$ > \"$1\" || exit 126; shift; done; shift; exec \"$@\"";

  private final CgroupTree tree;

  CgroupLimiter(CgroupTree tree) {
    this.tree = tree;
  }

  @Override
  public Placed place(Agent agent) throws SpawnException {
    Map<Controller, List<String[]>> wanted = settings(agent.limits());
    if (wanted.isEmpty()) {
      return Placed.FREE;
    }
    TreeSet<Path> folders = new TreeSet<>();
    try {
      for (Map.Entry<Controller, List<String[]>> entry : wanted.entrySet()) {
        Path base = tree.folders().get(entry.getKey());
        if (base != null) {
          Path folder = Files.createDirectories(base.resolve(agent.id().toString()));
          for (String[] setting : entry.getValue()) {
            Files.writeString(folder.resolve(setting[0]), setting[1]);
          }
          folders.add(folder);
        }
      }
    } catch (IOException e) {
      throw new SpawnException("its limits could not be set: %s".formatted(e.getMessage()), true);
    }
    List<String> wrapper = new ArrayList<>(List.of("/bin/sh", "-c", ENTER, "sh"));
    folders.forEach(folder -> wrapper.add(folder.resolve("cgroup.procs").toString()));
    wrapper.add("--");
    return new Placed(folders.isEmpty() ? List.of() : wrapper, describe(agent));
  }

  private Map<Controller, List<String[]>> settings(Limits limits) {
    boolean two = tree.version() == 2;
    Map<Controller, List<String[]>> all = new EnumMap<>(Controller.class);
    limits
        .cpu()
        .ifPresent(
            cores -> {
              String quota = Long.toString(Math.max(1000, Math.round(cores * PERIOD_MICROS)));
              all.put(
                  Controller.CPU,
                  two
                      ? List.<String[]>of(new String[] {"cpu.max", quota + " " + PERIOD_MICROS})
                      : List.of(
                          new String[] {"cpu.cfs_period_us", Long.toString(PERIOD_MICROS)},
                          new String[] {"cpu.cfs_quota_us", quota}));
            });
    limits
        .memory()
        .ifPresent(
            bytes ->
                all.put(
                    Controller.MEMORY,
                    List.<String[]>of(
                        new String[] {
                          two ? "memory.max" : "memory.limit_in_bytes", Long.toString(bytes.count())
                        })));
    limits
        .threads()
        .ifPresent(
            count ->
                all.put(
                    Controller.PIDS,
                    List.<String[]>of(new String[] {"pids.max", Integer.toString(count)})));
    return all;
  }

  @Override
  public Optional<String> release(Agent agent) {
    if (settings(agent.limits()).isEmpty()) {
      return Optional.empty();
    }
    Optional<String> ranOut =
        agent.limits().memory().filter(limit -> outOfMemory(agent)).map(CgroupLimiter::outOf);
    for (Path base : new TreeSet<>(tree.folders().values())) {
      try {
        Files.deleteIfExists(base.resolve(agent.id().toString()));
      } catch (IOException e) {
        return ranOut; // still has a member; the next run takes the folder over
      }
    }
    return ranOut;
  }

  private static String outOf(Bytes limit) {
    return "out of memory: its limit is " + limit;
  }

  private boolean outOfMemory(Agent agent) {
    Path base = tree.folders().get(Controller.MEMORY);
    if (base == null) {
      return false;
    }
    Path file =
        base.resolve(agent.id().toString())
            .resolve(tree.version() == 2 ? "memory.events" : "memory.oom_control");
    try {
      return Files.readAllLines(file).stream()
          .anyMatch(line -> line.startsWith("oom_kill ") && !line.endsWith(" 0"));
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public String describe(Agent agent) {
    List<String> kept = new ArrayList<>();
    List<String> open = new ArrayList<>();
    settings(agent.limits())
        .keySet()
        .forEach(
            controller ->
                (tree.folders().containsKey(controller) ? kept : open)
                    .add(text(controller, agent.limits())));
    String text = kept.isEmpty() ? "" : String.join(", ", kept) + " by cgroup v" + tree.version();
    return open.isEmpty()
        ? text
        : text + (text.isEmpty() ? "" : "; ") + "not kept: " + String.join(", ", open);
  }

  static String text(Controller controller, Limits limits) {
    return switch (controller) {
      case CPU ->
          limits.cpu().map(cores -> String.format(Locale.ROOT, "cpu ≤ %s", cores)).orElse("");
      case MEMORY -> limits.memory().map(bytes -> "memory ≤ " + bytes).orElse("");
      case PIDS -> limits.threads().map(count -> "threads ≤ " + count).orElse("");
    };
  }

  @Override
  public String summary() {
    return "cgroup v%d (%s)"
        .formatted(
            tree.version(),
            tree.folders().keySet().stream()
                .sorted()
                .map(Controller::kernelName)
                .collect(Collectors.joining(", ")));
  }
}
