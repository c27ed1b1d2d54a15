package dev.flotilla.hub.registry;

import dev.flotilla.kernel.fleet.ServiceName;
import dev.flotilla.model.AgentId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Something that can be found: a registration, or an agent of the manifest that its node
 * supervises.
 *
 * @param name as its owner writes it
 * @param instance of the registration; for a supervised agent its process
 * @param ports by name, {@code main} among them when there is one
 * @param alive whether it holds a lease or its node sees it run
 * @param source who says so
 */
public record Target(
    String name,
    AgentId owner,
    String instance,
    String address,
    Map<String, Integer> ports,
    List<String> tags,
    Map<String, String> metadata,
    boolean shared,
    boolean alive,
    Source source) {

  /** Who vouches for a target. */
  public enum Source {
    /** The instance itself, by its lease. */
    LEASE,
    /** The node that supervises it. */
    NODE,
    /** The manifest: it is not running now. */
    MANIFEST
  }

  public Target {
    ports = Collections.unmodifiableMap(new LinkedHashMap<>(ports));
    tags = List.copyOf(tags);
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  static Target of(Entry entry) {
    Registration r = entry.registration();
    return new Target(
        r.name(),
        r.owner(),
        r.instance(),
        r.address(),
        r.ports(),
        r.tags(),
        r.metadata(),
        r.shared(),
        true,
        Source.LEASE);
  }

  ServiceName serviceName() {
    return ServiceName.of(name);
  }
}
