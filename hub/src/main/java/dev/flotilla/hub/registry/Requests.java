package dev.flotilla.hub.registry;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the registry is asked and what it answers, as on the wire. */
final class Requests {
  private Requests() {}

  /**
   * @param agent the owner's name; the instance's own name when left out
   * @param machine the owner's machine; the registry's own when left out
   * @param instance unique for each run
   * @param address the machine's address in the manifest when left out
   * @param lease seconds
   */
  record Register(
      String name,
      Optional<String> agent,
      Optional<String> machine,
      String instance,
      Optional<String> address,
      Map<String, Integer> ports,
      List<String> tags,
      Map<String, String> metadata,
      Optional<Boolean> shared,
      Optional<Duration> lease) {}

  record Renew(String name, String instance) {}

  /**
   * @param lease how long the registration holds from now on, seconds
   * @param renewEvery when to give the next sign of life at the latest, seconds
   */
  record Leased(String name, String instance, Duration lease, Duration renewEvery) {}

  record Deregistered(String name, String instance) {}

  /**
   * @param all also those that do not run now
   */
  record Discover(
      Optional<String> name, Optional<String> machine, List<String> tags, Optional<Boolean> all) {}

  record Found(List<Instance> instances) {}

  /** A target as shown. */
  record Instance(
      String name,
      String agent,
      String machine,
      String instance,
      String address,
      Map<String, Integer> ports,
      List<String> tags,
      Map<String, String> metadata,
      boolean shared,
      boolean alive,
      Target.Source source) {

    static Instance of(Target t) {
      return new Instance(
          t.name(),
          t.owner().name(),
          t.owner().machine(),
          t.instance(),
          t.address(),
          t.ports(),
          t.tags(),
          t.metadata(),
          t.shared(),
          t.alive(),
          t.source());
    }
  }

  /**
   * @param name in any spelling: {@code MEMORY_AGENT}, {@code MemoryAgent}, {@code name@machine}
   * @param port which of its ports; the main one when left out
   * @param machine the asker's machine
   */
  record Port(String name, Optional<String> port, Optional<String> machine) {}

  record PortFound(
      String name,
      String machine,
      String address,
      int port,
      String portName,
      boolean alive,
      Target.Source source) {}

  /** A change as watchers see it. */
  record Watched(String change, Instance instance, Optional<String> reason) {}
}
