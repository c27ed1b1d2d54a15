package dev.flotilla.node.models;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.flotilla.kernel.state.AtomicFile;
import dev.flotilla.kernel.wire.Wire;
import dev.flotilla.model.Agent;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.ModelRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which models' servers are to run here; kept for the next node. Thread-safe. */
public final class ModelRuns {
  private static final Logger LOG = LoggerFactory.getLogger(ModelRuns.class);

  private final AtomicFile file;
  private final Map<String, ModelRun> runs = new LinkedHashMap<>();

  public ModelRuns(Path state) {
    this.file = new AtomicFile(state.resolve("models.json"));
    try {
      file.read()
          .ifPresent(
              json ->
                  Wire.read(json, new TypeReference<List<ModelRun>>() {})
                      .forEach(run -> runs.put(run.model(), run)));
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("which models ran here could not be read: {}", e.getMessage());
    }
  }

  public synchronized List<ModelRun> all() {
    return List.copyOf(runs.values());
  }

  public synchronized Optional<ModelRun> find(String model) {
    return Optional.ofNullable(runs.get(model));
  }

  /**
   * @throws IOException when it could not be kept; then it is not known here either
   */
  public synchronized void add(ModelRun run) throws IOException {
    runs.put(run.model(), run);
    try {
      keep();
    } catch (IOException e) {
      runs.remove(run.model());
      throw e;
    }
  }

  /**
   * @throws IOException when it could not be kept; here it is forgotten all the same
   */
  public synchronized void remove(String model) throws IOException {
    if (runs.remove(model) != null) {
      keep();
    }
  }

  /** The agents they are on this machine; those the manifest has no more are left out. */
  public synchronized List<Agent> agents(Fleet fleet, String machine) {
    return runs.values().stream()
        .flatMap(run -> ModelAgents.of(fleet, machine, run).stream())
        .toList();
  }

  private void keep() throws IOException {
    file.write(Wire.json(List.copyOf(runs.values())));
  }
}
