package dev.flotilla.hub.registry;

import dev.flotilla.kernel.fleet.ServiceName;
import dev.flotilla.model.AgentId;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an instance says of itself.
 *
 * @param name as the instance writes it; found by {@link ServiceName}
 * @param owner the agent that runs the instance
 * @param instance unique for each run, such as {@code FLOTILLA_RUN_ID}
 * @param address host name or IP address it is reached by
 * @param ports by name; the first port is the one given when no name is asked for, {@code main}
 *     before all others
 * @param tags words it can be found by
 * @param metadata shown to whoever finds it; no place for secrets
 * @param shared whether other instances that say so too may hold the same name and share its load
 * @param lease how long the registration holds without being renewed
 */
public record Registration(
    String name,
    AgentId owner,
    String instance,
    String address,
    Map<String, Integer> ports,
    List<String> tags,
    Map<String, String> metadata,
    boolean shared,
    Duration lease) {

  /** The lease given to those that ask for none. */
  public static final Duration DEFAULT_LEASE = Duration.ofSeconds(30);

  public Registration {
    ports = Collections.unmodifiableMap(new LinkedHashMap<>(ports));
    tags = List.copyOf(tags);
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  public ServiceName serviceName() {
    return ServiceName.of(name);
  }
}
