package dev.flotilla.cli.rehearse;

import dev.flotilla.model.Agent;
import dev.flotilla.model.Fleet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Where the rehearsal takes place: a loopback address a machine, and what is added to every port,
 * so that nothing meets what runs for real.
 *
 * @param addresses by machine
 */
public record Stage(Map<String, String> addresses, int portOffset) {
  private static final int HIGHEST_PORT = 65_535;
  private static final List<Integer> OFFSETS =
      List.of(20_000, 15_000, 25_000, 10_000, 30_000, 5_000, 40_000, 2_500, 50_000, 1_250);

  public Stage {
    addresses = Map.copyOf(addresses);
  }

  /**
   * @param ownAddresses whether this system has all of 127.0.0.0/8; else every machine is 127.0.0.1
   */
  public static Stage of(Fleet fleet, int portOffset, boolean ownAddresses) {
    Map<String, String> addresses = new LinkedHashMap<>();
    for (String machine : fleet.machines().keySet()) {
      addresses.put(machine, ownAddresses ? "127.0.1." + (addresses.size() + 1) : "127.0.0.1");
    }
    return new Stage(addresses, portOffset);
  }

  /**
   * The first offset with which every port of the fleet is a port and free.
   *
   * @param free whether nobody listens on a port
   */
  public static OptionalInt freeOffset(Fleet fleet, IntPredicate free) {
    int[] ports = ports(fleet).distinct().toArray();
    return OFFSETS.stream()
        .mapToInt(Integer::intValue)
        .filter(
            offset ->
                IntStream.of(ports)
                    .map(port -> port + offset)
                    .allMatch(port -> port <= HIGHEST_PORT && free.test(port)))
        .findFirst();
  }

  private static IntStream ports(Fleet fleet) {
    return fleet.agents().values().stream()
        .flatMapToInt(agent -> agent.ports().values().stream().mapToInt(Integer::intValue));
  }

  String address(Agent agent) {
    return addresses.getOrDefault(agent.id().machine(), "127.0.0.1");
  }
}
