package dev.flotilla.assistant.models.catalogue;

import dev.flotilla.assistant.models.memory.Estimate;
import dev.flotilla.assistant.models.memory.Measured;
import dev.flotilla.kernel.state.AtomicFile;
import dev.flotilla.kernel.wire.Wire;
import dev.flotilla.model.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was seen of models while they were loaded, kept for the next start. Thread-safe. */
public final class Learned {
  private static final Logger log = LoggerFactory.getLogger(Learned.class);

  private final AtomicFile file;
  private final Map<String, Duration> loadTimes = new HashMap<>();
  private boolean changed;
  private Measured measured = Measured.NOTHING;

  /**
   * @param folder where it is kept
   */
  public Learned(Path folder) {
    file = new AtomicFile(folder.resolve("learned.json"));
    try {
      file.read().map(json -> Wire.read(json, Kept.class)).ifPresent(this::take);
    } catch (IOException | UncheckedIOException e) {
      log.warn("What was learnt of models could not be read and is forgotten: {}", e.getMessage());
    }
  }

  private record Factor(Measured.Key key, double factor) {}

  private record Kept(List<Factor> factors, Map<String, Duration> loadTimes) {}

  private void take(Kept kept) {
    Map<Measured.Key, Double> factors = new HashMap<>();
    kept.factors().forEach(each -> factors.put(each.key(), each.factor()));
    measured = new Measured(factors);
    loadTimes.putAll(kept.loadTimes());
  }

  synchronized Estimate correct(Measured.Key key, Estimate estimate) {
    return measured.correct(key, estimate);
  }

  /** What loading a variant took on average, lately. */
  synchronized Optional<Duration> loadTime(String model, String variant) {
    return Optional.ofNullable(loadTimes.get(model + " " + variant));
  }

  /**
   * A model was loaded.
   *
   * @param held what it was seen to take; empty when nobody could tell
   */
  public synchronized void loaded(
      Measured.Key key, Estimate estimate, Duration took, Optional<Bytes> held) {
    held.ifPresent(bytes -> measured = measured.with(key, estimate, bytes));
    loadTimes.merge(
        key.model() + " " + key.variant(), took, (old, now) -> old.plus(now).dividedBy(2));
    changed = true;
  }

  /** Writes what is new to the disk. */
  public void keep() {
    Kept kept;
    synchronized (this) {
      if (!changed) {
        return;
      }
      changed = false;
      kept =
          new Kept(
              measured.factors().entrySet().stream()
                  .map(e -> new Factor(e.getKey(), e.getValue()))
                  .toList(),
              Map.copyOf(loadTimes));
    }
    try {
      file.write(Wire.json(kept));
    } catch (IOException e) {
      synchronized (this) {
        changed = true;
      }
      log.warn("What was learnt of models could not be kept yet: {}", e.getMessage());
    }
  }
}
