package dev.flotilla.assistant.door;

import dev.flotilla.assistant.builtin.Answer;
import dev.flotilla.assistant.builtin.Facts;
import dev.flotilla.assistant.builtin.PlanFact;
import dev.flotilla.assistant.upstream.BuiltIn;
import dev.flotilla.kernel.ServiceContext;
import dev.flotilla.kernel.flags.FlagSetting;
import dev.flotilla.kernel.fleet.FleetView;
import dev.flotilla.kernel.fleet.SteadyTime;
import dev.flotilla.kernel.state.AppendLog;
import dev.flotilla.kernel.wire.Wire;
import dev.flotilla.model.AgentStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What the built-in engine may know: the fleet as its nodes tell it, the flags, what changed since
 * this began, and what people asked to be remembered, which outlasts restarts. Thread-safe.
 */
final class FleetFacts implements BuiltIn.Memory, AutoCloseable {
  private static final int MOST_CHANGES = 200;

  private final ServiceContext context;
  private final InstantSource time;
  private final AppendLog log;
  private final Map<String, String> remembered = new LinkedHashMap<>();
  private final Deque<Facts.Change> changes = new ArrayDeque<>();

  private final Supplier<List<PlanFact>> plans;

  private final Instant listening;

  private volatile FleetView view;

  FleetFacts(ServiceContext context, Path remember, Supplier<List<PlanFact>> plans)
      throws IOException {
    this.plans = plans;
    this.context = context;
    this.view = FleetView.unknown(context.fleet());
    this.time = SteadyTime.of(context.clock());
    this.listening = time.instant();
    this.log = AppendLog.open(remember);
    for (String line : log.recovered()) {
      Answer.Memory memory = Wire.read(line.getBytes(StandardCharsets.UTF_8), Answer.Memory.class);
      remembered.put(memory.subject(), memory.statement());
    }
  }

  /** Takes notice of a new view of the fleet. */
  synchronized void changed(FleetView before, FleetView after) {
    view = after;
    note(before, after);
  }

  private Set<String> silent(FleetView now) {
    return now.fleet().machines().keySet().stream()
        .filter(machine -> now.stale(machine, time.instant()))
        .collect(Collectors.toSet());
  }

  Facts now() {
    FleetView now = view;
    Map<String, String> flags = new LinkedHashMap<>();
    context.flags().all().forEach((name, flag) -> flags.put(name, FlagSetting.text(flag)));
    synchronized (this) {
      return new Facts(
          now.fleet(),
          now.observed(),
          now.heard(),
          silent(now),
          flags,
          List.copyOf(changes),
          listening,
          plans,
          remembered,
          time.instant(),
          ZoneId.systemDefault());
    }
  }

  @Override
  public synchronized void remember(Answer.Memory memory) {
    try {
      log.append(Wire.text(memory));
      log.force();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    remembered.put(memory.subject(), memory.statement());
  }

  @Override
  public synchronized void forget(Set<String> subjects) {
    Map<String, String> left = new LinkedHashMap<>(remembered);
    left.keySet().removeAll(subjects);
    try {
      log.rewrite(
          left.entrySet().stream()
              .map(e -> Wire.text(new Answer.Memory(e.getKey(), e.getValue())))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    remembered.keySet().removeAll(subjects);
  }

  private void note(FleetView before, FleetView after) {
    for (AgentStatus status : after.observed().values()) {
      Optional<AgentStatus> last = before.status(status.id());
      if (last.isPresent() && last.get().state() != status.state()) {
        String why = status.reason().isEmpty() ? "" : " (" + status.reason() + ")";
        changes.addFirst(
            new Facts.Change(
                time.instant(),
                "%s went from %s to %s%s"
                    .formatted(
                        after.fleet().shortName(status.id()),
                        last.get().state().label(),
                        status.state().label(),
                        why)));
      }
    }
    if (!before.fleet().agents().isEmpty() && !before.fleet().equals(after.fleet())) {
      changes.addFirst(new Facts.Change(time.instant(), "another manifest came into force"));
    }
    while (changes.size() > MOST_CHANGES) {
      changes.removeLast();
    }
  }

  @Override
  public void close() {
    try {
      log.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
