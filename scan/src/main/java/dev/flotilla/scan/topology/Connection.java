package dev.flotilla.scan.topology;

import dev.flotilla.scan.graph.Backups;
import dev.flotilla.scan.graph.Repository;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An edge of the topology: who connects to whom.
 *
 * @param connect the socket that connects
 * @param bind the socket that binds the port it connects to
 * @param sure whether nobody else binds that port where it connects to
 */
public record Connection(Endpoint connect, Endpoint bind, boolean sure) {

  /** The edges among the living files, in order of the connecting place. */
  public static List<Connection> of(Topology topology, Repository repository) {
    Map<Integer, List<Endpoint>> binds = new HashMap<>();
    List<Endpoint> connects = new ArrayList<>();
    for (Endpoint endpoint : topology.endpoints()) {
      if (endpoint.port().isEmpty()
          || Backups.contains(endpoint.file())
          || Repository.isTest(endpoint.file())) {
        continue;
      }
      if (endpoint.binds()) {
        binds.computeIfAbsent(endpoint.port().getAsInt(), _ -> new ArrayList<>()).add(endpoint);
      } else {
        connects.add(endpoint);
      }
    }
    List<Connection> result = new ArrayList<>();
    for (Endpoint connect : connects) {
      List<Endpoint> candidates = new ArrayList<>();
      for (Endpoint bind : binds.getOrDefault(connect.port().orElse(0), List.of())) {
        boolean reachable =
            !isLocal(connect.host()) || sameMachine(connect.file(), bind.file(), repository);
        if (reachable && bind.protocol().equals(connect.protocol())) {
          candidates.add(bind);
        }
      }
      candidates.forEach(bind -> result.add(new Connection(connect, bind, candidates.size() == 1)));
    }
    result.sort(
        Comparator.comparing((Connection c) -> c.connect().file())
            .thenComparingInt(c -> c.connect().line())
            .thenComparing(c -> c.bind().file())
            .thenComparingInt(c -> c.bind().line()));
    return List.copyOf(result);
  }

  private static boolean isLocal(String host) {
    return host.equals("localhost") || host.startsWith("127.");
  }

  private static boolean sameMachine(String a, String b, Repository repository) {
    String first = repository.agents().machineOf(a);
    String second = repository.agents().machineOf(b);
    return first.equals(second) || first.equals("both") || second.equals("both");
  }
}
