package dev.flotilla.scan.topology;

import dev.flotilla.scan.graph.Backups;
import dev.flotilla.scan.graph.Repository;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Who speaks to whom: connects matched with the binds of the same port. */
public final class Lines {
  private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]", "0.0.0.0");

  private Lines() {}

  /**
   * A line between two sockets.
   *
   * @param from who connects: an agent's name, or a file
   * @param to who binds; empty when nobody does
   * @param kind both socket types, such as {@code REQ-REP}; the protocol where there are none
   */
  public record Line(
      String from, String fromMachine, Optional<String> to, String toMachine, int port, String kind)
      implements Comparable<Line> {

    /** By machine, port and names. */
    @Override
    public int compareTo(Line other) {
      int order = toMachine.compareTo(other.toMachine);
      order = order != 0 ? order : Integer.compare(port, other.port);
      order = order != 0 ? order : to.orElse("").compareTo(other.to.orElse(""));
      order = order != 0 ? order : from.compareTo(other.from);
      return order != 0 ? order : kind.compareTo(other.kind);
    }
  }

  /** Every line between living files, sorted; those of tests are left out. */
  public static List<Line> of(Topology topology, Repository repository) {
    Map<Integer, List<Endpoint>> binds = new TreeMap<>();
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
    Set<Line> lines = new HashSet<>();
    for (Endpoint connect : connects) {
      int port = connect.port().getAsInt();
      List<Endpoint> owners = owners(connect, binds.getOrDefault(port, List.of()), repository);
      for (Endpoint owner : owners) {
        lines.add(line(connect, Optional.of(owner), repository));
      }
      if (owners.isEmpty()) {
        lines.add(line(connect, Optional.empty(), repository));
      }
    }
    return lines.stream().sorted().toList();
  }

  /** Of several owners those on the machine that is meant, where that is known. */
  private static List<Endpoint> owners(
      Endpoint connect, List<Endpoint> binds, Repository repository) {
    List<Endpoint> others = binds.stream().filter(b -> !b.file().equals(connect.file())).toList();
    if (others.size() > 1) {
      List<Endpoint> configured =
          others.stream().filter(b -> repository.agents().ofScript(b.file()).isPresent()).toList();
      others = configured.isEmpty() ? others : configured;
    }
    if (others.size() < 2 || !LOCAL.contains(connect.host())) {
      return others;
    }
    String machine = repository.agents().machineOf(connect.file());
    List<Endpoint> near =
        others.stream()
            .filter(b -> repository.agents().machineOf(b.file()).equals(machine))
            .toList();
    return near.isEmpty() ? others : near;
  }

  private static Line line(Endpoint connect, Optional<Endpoint> owner, Repository repository) {
    String types = connect.type() + "-" + owner.map(Endpoint::type).orElse("");
    return new Line(
        who(connect, repository),
        repository.agents().machineOf(connect.file()),
        owner.map(o -> who(o, repository)),
        owner.map(o -> repository.agents().machineOf(o.file())).orElse("nobody"),
        connect.port().orElseThrow(),
        types.startsWith("-") || types.endsWith("-") ? connect.protocol() : types);
  }

  private static String who(Endpoint endpoint, Repository repository) {
    return repository
        .agents()
        .ofScript(endpoint.file())
        .map(agent -> agent.name())
        .orElse(endpoint.file().substring(endpoint.file().lastIndexOf('/') + 1));
  }
}
