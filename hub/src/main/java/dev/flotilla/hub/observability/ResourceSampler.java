package dev.flotilla.hub.observability;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What processes of this machine use. Reads {@code /proc} only when it is asked, and not more often
 * than its interval. Thread-safe.
 */
final class ResourceSampler {
  private static final Logger log = LoggerFactory.getLogger(ResourceSampler.class);

  private final Path proc;
  private final InstantSource time;
  private final Duration interval;
  private Map<Long, ResourceUse> latest = Map.of();
  private Instant at = Instant.MIN;

  ResourceSampler(Path proc, InstantSource time, Duration interval) {
    this.proc = proc;
    this.time = time;
    this.interval = interval;
  }

  /** By pid; what is no longer there is left out. */
  synchronized Map<Long, ResourceUse> sample(Set<Long> pids) {
    Instant now = time.instant();
    if (now.isBefore(at.equals(Instant.MIN) ? now : at.plus(interval))
        && latest.keySet().containsAll(pids)) {
      return latest;
    }
    try {
      latest = fresh(pids, now);
      at = now;
    } catch (IOException e) {
      log.warn("What agents use cannot be read from {}: {}", proc, e.getMessage());
      latest = Map.of();
    }
    return latest;
  }

  private Map<Long, ResourceUse> fresh(Set<Long> pids, Instant now) throws IOException {
    ProcessTree tree = ProcessTree.read(proc);
    Map<Long, ResourceUse> fresh = new HashMap<>();
    for (long pid : pids) {
      tree.use(pid).ifPresent(use -> fresh.put(pid, withRate(pid, use, now)));
    }
    return Map.copyOf(fresh);
  }

  private ResourceUse withRate(long pid, ResourceUse use, Instant now) {
    ResourceUse before = latest.get(pid);
    if (before == null) {
      return use;
    }
    double seconds = Duration.between(at, now).toMillis() / 1000.0;
    double used = use.cpuSeconds() - before.cpuSeconds();
    return seconds <= 0 || used < 0
        ? use
        : new ResourceUse(use.residentBytes(), use.cpuSeconds(), OptionalDouble.of(used / seconds));
  }
}
