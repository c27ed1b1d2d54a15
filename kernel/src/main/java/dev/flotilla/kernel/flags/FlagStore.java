package dev.flotilla.kernel.flags;

import dev.flotilla.bus.Bus;
import dev.flotilla.bus.BusException;
import dev.flotilla.bus.Message;
import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.kernel.failure.OperationException;
import dev.flotilla.kernel.state.AppendLog;
import dev.flotilla.kernel.state.AtomicFile;
import dev.flotilla.kernel.wire.Encoding;
import dev.flotilla.kernel.wire.Wire;
import dev.flotilla.model.Flag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where flags are changed: the manifest's definitions with the changes made at run
 * time laid over them. A change is on disk before it is told. Thread-safe.
 *
 * <p>{@code flags.history} in the state folder holds every change and is what a restart reads;
 * {@code flags.json} shows the settings in force for people to read.
 */
public final class FlagStore implements Flags, AutoCloseable {
  /** The setting that drops every change made at run time. */
  public static final String MANIFEST = "manifest";

  private static final Logger log = LoggerFactory.getLogger(FlagStore.class);

  private final Bus bus;
  private final Clock clock;
  private final AppendLog history;
  private final AtomicFile settings;
  private final List<FlagChange> changes = new ArrayList<>();
  private Map<String, Flag> defined = Map.of();
  private volatile Map<String, Flag> current = Map.of();

  private FlagStore(Bus bus, Clock clock, AppendLog history, AtomicFile settings) {
    this.bus = bus;
    this.clock = clock;
    this.history = history;
    this.settings = settings;
  }

  /**
   * Opens the store.
   *
   * @param state the fleet's state folder
   * @param definitions the manifest's flags
   */
  public static FlagStore open(Path state, Map<String, Flag> definitions, Bus bus, Clock clock)
      throws IOException {
    AppendLog history = AppendLog.open(state.resolve("flags.history"));
    FlagStore store =
        new FlagStore(bus, clock, history, new AtomicFile(state.resolve("flags.json")));
    for (String line : history.recovered()) {
      store.changes.add(Wire.read(line.getBytes(StandardCharsets.UTF_8), FlagChange.class));
    }
    if (history.damaged() > 0) {
      log.warn("{} lines of flags.history are damaged and were passed over.", history.damaged());
    }
    store.define(definitions);
    return store;
  }

  /** Takes the flags of a changed manifest; changes made at run time stay where they still fit. */
  public synchronized void define(Map<String, Flag> definitions) {
    defined = new LinkedHashMap<>(definitions);
    Map<String, Flag> before = current;
    current = overlaid();
    writeSettings();
    current.forEach(
        (name, flag) -> {
          if (before.containsKey(name) && !flag.equals(before.get(name))) {
            publish(change(name, before.get(name), flag, "manifest", "the manifest changed"));
          }
        });
  }

  @Override
  public Map<String, Flag> all() {
    return current;
  }

  public FlagOperations.Listing list() {
    return new FlagOperations.Listing(all().keySet().stream().map(this::get).toList());
  }

  /**
   * @throws OperationException when no flag has the name
   */
  public FlagOperations.State get(String name) {
    synchronized (this) {
      Flag flag = find(name);
      return new FlagOperations.State(
          flag, FlagSetting.text(flag), !flag.equals(defined.get(name)));
    }
  }

  /** Every change of the flag at run time, the oldest first; also of flags that are gone. */
  public synchronized List<FlagChange> history(String name) {
    return changes.stream().filter(change -> change.flag().equals(name)).toList();
  }

  /**
   * Changes a flag. Returns once the change is on disk and told to the bus.
   *
   * @param setting in the words of {@link FlagSetting}, or {@link #MANIFEST}
   * @throws OperationException when there is no such flag, the setting does not fit it, or the
   *     change could not be kept
   */
  public synchronized FlagChange set(String name, String setting, String who, String reason) {
    Flag before = find(name);
    Flag definition = defined.getOrDefault(name, before);
    boolean reset = setting.strip().equals(MANIFEST) && !before.variants().containsKey(MANIFEST);
    Flag after = reset ? definition : FlagSetting.apply(definition, setting);
    FlagChange change = change(name, before, after, who, reason);
    keep(reset ? changedTo(change, MANIFEST) : change);
    Map<String, Flag> next = new LinkedHashMap<>(current);
    next.put(name, after);
    current = next;
    writeSettings();
    publish(change);
    return change;
  }

  private void keep(FlagChange change) {
    try {
      history.append(Wire.text(change));
      history.force();
    } catch (IOException e) {
      throw Failure.unavailable(
              "the change could not be written: " + e.getMessage(),
              "room and permission in the state folder",
              "Nothing was changed; make room and set it again.")
          .exception();
    }
    changes.add(change);
  }

  private FlagChange change(String name, Flag before, Flag after, String who, String reason) {
    return new FlagChange(
        name,
        clock.instant(),
        who,
        FlagSetting.text(before),
        FlagSetting.text(after),
        reason,
        after);
  }

  private static FlagChange changedTo(FlagChange change, String to) {
    return new FlagChange(
        change.flag(),
        change.when(),
        change.who(),
        change.from(),
        to,
        change.reason(),
        change.now());
  }

  private Map<String, Flag> overlaid() {
    Map<String, String> latest = new LinkedHashMap<>();
    changes.forEach(change -> latest.put(change.flag(), change.to()));
    Map<String, Flag> result = new LinkedHashMap<>();
    defined.forEach(
        (name, flag) -> {
          String setting = latest.getOrDefault(name, MANIFEST);
          result.put(name, setting.equals(MANIFEST) ? flag : fitting(flag, setting));
        });
    return result;
  }

  private static Flag fitting(Flag flag, String setting) {
    try {
      return FlagSetting.apply(flag, setting);
    } catch (OperationException e) {
      log.warn(
          "Flag {} was set to {}, which its definition no longer has; the manifest's holds: {}",
          flag.name(),
          setting,
          e.getMessage());
      return flag;
    }
  }

  private Flag find(String name) {
    Flag flag = current.get(name);
    if (flag == null) {
      throw Failure.notFound(
              "no flag \"" + name + "\"",
              current.isEmpty()
                  ? "a flag of the manifest, which has none"
                  : "one of " + String.join(", ", current.keySet()),
              "Add it under flags: in the manifest.")
          .exception();
    }
    return flag;
  }

  private void writeSettings() {
    Map<String, String> shown = new LinkedHashMap<>();
    current.forEach((name, flag) -> shown.put(name, FlagSetting.text(flag)));
    try {
      settings.write(
          Wire.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(Map.of("flags", shown)));
    } catch (IOException e) {
      log.warn("flags.json could not be written; flags.history has every change.", e);
    }
  }

  private void publish(FlagChange change) {
    try {
      bus.publish(
          Message.of(FlagOperations.EVENTS + change.flag(), Wire.json(change))
              .withHeader(Encoding.HEADER, Encoding.JSON.contentType()));
    } catch (BusException e) {
      log.warn("The change of flag {} could not be told; clients see it later.", change.flag());
    }
  }

  @Override
  public synchronized void close() {
    try {
      history.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
