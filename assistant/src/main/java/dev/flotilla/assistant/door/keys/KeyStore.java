package dev.flotilla.assistant.door.keys;

import dev.flotilla.kernel.state.AtomicFile;
import dev.flotilla.kernel.wire.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The virtual keys, hashed in a file of mode 0600, and the owner's key in one of its own. Whatever
 * is acknowledged outlasts a kill. Thread-safe.
 */
public final class KeyStore {
  /** The name of the key that may do everything. */
  public static final String OWNER = "owner";

  /** Under which programs of this machine come in that have no key. */
  public static final String LOCAL = "local";

  private final AtomicFile file;
  private final SecureRandom random = new SecureRandom();
  private final InstantSource time;
  private final Map<String, Key> byHash = new ConcurrentHashMap<>();
  private final Key owner;

  /** What the file holds. */
  record Kept(List<Key> keys) {}

  /** A new key with its secret, which is shown once and kept nowhere. */
  public record Created(Key key, String secret) {}

  /** Opens the folder's keys; makes the owner's key when there is none. */
  public KeyStore(Path folder, InstantSource time) throws IOException {
    this.time = time;
    this.file = new AtomicFile(folder.resolve("keys.json"));
    file.read()
        .ifPresent(
            data -> Wire.read(data, Kept.class).keys().forEach(k -> byHash.put(k.hash(), k)));
    AtomicFile ownerFile = new AtomicFile(folder.resolve("owner.key"));
    Optional<byte[]> kept = ownerFile.read();
    String secret =
        kept.map(data -> new String(data, StandardCharsets.UTF_8).strip())
            .orElseGet(() -> Secrets.create(random));
    if (kept.isEmpty()) {
      ownerFile.write(secret.getBytes(StandardCharsets.UTF_8));
    }
    owner =
        new Key(
            OWNER, Secrets.hash(secret), time.instant(), List.of(), List.of(), Key.Allowance.FREE);
  }

  /** The key with this secret. */
  public Optional<Key> find(String secret) {
    String hash = Secrets.hash(secret);
    return hash.equals(owner.hash()) ? Optional.of(owner) : Optional.ofNullable(byHash.get(hash));
  }

  /** Every key but the owner's, by name. */
  public List<Key> all() {
    return byHash.values().stream().sorted((a, b) -> a.name().compareTo(b.name())).toList();
  }

  /**
   * @throws IllegalArgumentException when the name is taken
   */
  public synchronized Created create(
      String name, List<String> operations, List<String> models, Key.Allowance allowance)
      throws IOException {
    if (name.equals(OWNER)
        || name.equals(LOCAL)
        || all().stream().anyMatch(key -> key.name().equals(name))) {
      throw new IllegalArgumentException("there is a key named " + name);
    }
    String secret = Secrets.create(random);
    Key key = new Key(name, Secrets.hash(secret), time.instant(), operations, models, allowance);
    Map<String, Key> next = new LinkedHashMap<>(byHash);
    next.put(key.hash(), key);
    write(next);
    byHash.put(key.hash(), key);
    return new Created(key, secret);
  }

  /**
   * Gives a key another secret; the old one is none from now on. Empty when there is no such key.
   */
  public synchronized Optional<Created> rotate(String name) throws IOException {
    Optional<Key> old = all().stream().filter(key -> key.name().equals(name)).findFirst();
    if (old.isEmpty()) {
      return Optional.empty();
    }
    String secret = Secrets.create(random);
    Key was = old.get();
    Key key =
        new Key(
            name,
            Secrets.hash(secret),
            was.created(),
            was.operations(),
            was.models(),
            was.allowance());
    Map<String, Key> next = new LinkedHashMap<>(byHash);
    next.remove(was.hash());
    next.put(key.hash(), key);
    write(next);
    byHash.put(key.hash(), key);
    byHash.remove(was.hash());
    return Optional.of(new Created(key, secret));
  }

  /** Whether there was one. */
  public synchronized boolean revoke(String name) throws IOException {
    Map<String, Key> next = new LinkedHashMap<>(byHash);
    boolean found = next.values().removeIf(key -> key.name().equals(name));
    if (found) {
      write(next);
      byHash.keySet().retainAll(next.keySet());
    }
    return found;
  }

  private void write(Map<String, Key> keys) throws IOException {
    file.write(Wire.json(new Kept(List.copyOf(keys.values()))));
  }
}
