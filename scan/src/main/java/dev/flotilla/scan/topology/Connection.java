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
  private static final Comparator<Endpoint> BY_PLACE =
      Comparator.comparing(Endpoint::file).thenComparingInt(Endpoint::line);

  /**
   * What connects in the living files, tests left out, and who binds what it connects to.
   *
   * @param edges in order of the connecting place
   * @param unanswered what connects to a port that nobody binds where it looks for it
   */
  public record Matched(List<Connection> edges, List<Endpoint> unanswered) {}

  /** Matches every connect with the binds of its port and protocol that it can reach. */
  public static Matched match(Topology topology, Repository repository) {
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
    List<Connection> edges = new ArrayList<>();
    List<Endpoint> unanswered = new ArrayList<>();
    for (Endpoint connect : connects) {
      List<Endpoint> there =
          binds.getOrDefault(connect.port().orElseThrow(), List.of()).stream()
              .filter(bind -> bind.protocol().equals(connect.protocol()))
              .filter(bind -> reaches(connect, bind, repository))
              .toList();
      if (there.isEmpty()) {
        unanswered.add(connect);
      }
      there.forEach(bind -> edges.add(new Connection(connect, bind, there.size() == 1)));
    }
    edges.sort(
        Comparator.comparing(Connection::connect, BY_PLACE)
            .thenComparing(Connection::bind, BY_PLACE));
    return new Matched(List.copyOf(edges), List.copyOf(unanswered));
  }

  private static boolean reaches(Endpoint connect, Endpoint bind, Repository repository) {
    return !isLocal(connect.host()) || sameMachine(connect.file(), bind.file(), repository);
  }

  private static boolean isLocal(String host) {
    return host.equals("localhost")
        || host.startsWith("127.")
        || host.equals("[::1]")
        || host.equals("0.0.0.0");
  }

  private static boolean sameMachine(String a, String b, Repository repository) {
    String first = repository.agents().machineOf(a);
    String second = repository.agents().machineOf(b);
    return first.equals(second) || first.equals("both") || second.equals("both");
  }
}
