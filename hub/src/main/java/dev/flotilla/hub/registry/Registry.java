package dev.flotilla.hub.registry;

import dev.flotilla.kernel.fleet.ServiceName;
import dev.flotilla.model.AgentId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All registrations at one moment, and how they change. Pure and immutable: every change gives a
 * new registry. Time comes in as an argument and must not run backwards.
 *
 * @param entries in order of registration
 * @param declared the agents of the manifest: each may hold its own name on its own machine
 */
public record Registry(Map<Key, Entry> entries, Set<AgentId> declared) {

  /** What tells entries apart. */
  public record Key(ServiceName name, String instance) {
    static Key of(String name, String instance) {
      return new Key(ServiceName.of(name), instance);
    }

    static Key of(Registration registration) {
      return new Key(registration.serviceName(), registration.instance());
    }
  }

  public static final Registry EMPTY = new Registry(Map.of(), Set.of());

  public Registry {
    entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    declared = Set.copyOf(declared);
  }

  /**
   * A registry found again after a restart: every entry gets its lease anew, and at least the
   * grace, so that living instances have time to renew.
   */
  public static Registry restored(Collection<Entry> found, Instant now, Duration grace) {
    Map<Key, Entry> entries = new LinkedHashMap<>();
    found.forEach(e -> entries.put(Key.of(e.registration()), e.withGrace(now, grace)));
    return new Registry(entries, Set.of());
  }

  public Registry withDeclared(Set<AgentId> agents) {
    return new Registry(entries, agents);
  }

  /**
   * Registers, or registers again. The same instance is overwritten; an older instance of the same
   * owner gives way unless both share; another owner's living instance wins unless both share, or
   * both are agents of the manifest under this very name.
   */
  public Outcome register(Registration registration, Instant now) {
    List<Change> changes = new ArrayList<>();
    Map<Key, Entry> next = new LinkedHashMap<>(entries);
    Key key = Key.of(registration);
    for (Entry other : named(key.name())) {
      Registration held = other.registration();
      if (held.instance().equals(registration.instance())) {
        continue;
      }
      if (!other.livesAt(now)) {
        continue;
      }
      if (held.shared() && registration.shared()) {
        continue;
      }
      if (held.owner().equals(registration.owner())) {
        next.remove(Key.of(held));
        changes.add(new Change.Replaced(other, registration.instance()));
      } else if (!(isDeclared(held) && isDeclared(registration))) {
        return held(registration, other);
      }
    }
    Entry entry = Entry.made(registration, now);
    Entry before = next.put(key, entry);
    if (before == null || !before.registration().equals(registration)) {
      changes.add(new Change.Registered(entry));
    }
    return new Outcome.Accepted(new Registry(next, declared), entry, changes);
  }

  /** A sign of life: the lease starts anew. */
  public Outcome renew(String name, String instance, Instant now) {
    Key key = Key.of(name, instance);
    Entry entry = entries.get(key);
    if (entry == null) {
      return unknown(name, instance);
    }
    Entry renewed = entry.renewed(now);
    Map<Key, Entry> next = new LinkedHashMap<>(entries);
    next.put(key, renewed);
    return new Outcome.Accepted(new Registry(next, declared), renewed, List.of());
  }

  /** Takes a registration back. */
  public Outcome deregister(String name, String instance) {
    Entry entry = entries.get(Key.of(name, instance));
    return entry == null
        ? unknown(name, instance)
        : new Outcome.Accepted(
            without(Set.of(entry)), entry, List.of(new Change.Deregistered(entry)));
  }

  /** Everything whose lease has run out by the given time. */
  public List<Change> expired(Instant now) {
    return entries.values().stream()
        .filter(e -> !e.livesAt(now))
        .<Change>map(Change.Expired::new)
        .toList();
  }

  /** Everything that an owner holds, which is gone now that its process is. */
  public List<Change> ownerGone(AgentId owner, String state) {
    return entries.values().stream()
        .filter(e -> e.registration().owner().equals(owner))
        .<Change>map(e -> new Change.OwnerGone(e, state))
        .toList();
  }

  /** Without the entries that the given changes took away. */
  public Registry after(List<Change> removals) {
    Set<Entry> gone = removals.stream().map(Change::entry).collect(Collectors.toSet());
    return gone.isEmpty() ? this : without(gone);
  }

  /** When the next lease runs out. */
  public Optional<Instant> nextExpiry() {
    return entries.values().stream().map(Entry::expiresAt).min(Instant::compareTo);
  }

  /** The entries that live at the given time, in order of registration. */
  public List<Entry> living(Instant now) {
    return entries.values().stream().filter(e -> e.livesAt(now)).toList();
  }

  private List<Entry> named(ServiceName name) {
    return entries.entrySet().stream()
        .filter(e -> e.getKey().name().equals(name))
        .map(Map.Entry::getValue)
        .toList();
  }

  private boolean isDeclared(Registration registration) {
    return declared.contains(registration.owner())
        && ServiceName.of(registration.owner().name()).equals(registration.serviceName());
  }

  private Registry without(Set<Entry> gone) {
    Map<Key, Entry> next = new LinkedHashMap<>(entries);
    next.values().removeAll(gone);
    return new Registry(next, declared);
  }

  private static Outcome held(Registration asked, Entry holder) {
    return new Outcome.Held(
        "the name %s is held by %s and was asked for by %s (instance %s, %s)"
            .formatted(
                asked.name(), holder.described(), asked.owner(), asked.instance(), asked.address()),
        "one owner for a name, or instances that all say \"shared\": true",
        "stop one of the two, register under another name, or let both share the name's load");
  }

  private static Outcome unknown(String name, String instance) {
    return new Outcome.Unknown(
        "no registration of %s by instance %s".formatted(name, instance),
        "an instance that registered and whose lease has not run out",
        "register again");
  }
}
