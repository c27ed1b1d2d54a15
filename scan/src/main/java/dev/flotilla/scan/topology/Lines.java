package dev.flotilla.scan.topology;

import dev.flotilla.scan.graph.Repository;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Who speaks to whom, by the names of agents. */
public final class Lines {
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

  /** Every line between living files, sorted; of several binds those of configured agents. */
  public static List<Line> of(Topology topology, Repository repository) {
    Connection.Matched matched = Connection.match(topology, repository);
    Set<Line> lines = new HashSet<>();
    matched.edges().stream()
        .collect(Collectors.groupingBy(Connection::connect))
        .forEach(
            (connect, edges) ->
                owners(edges, repository)
                    .forEach(owner -> lines.add(line(connect, Optional.of(owner), repository))));
    matched.unanswered().forEach(connect -> lines.add(line(connect, Optional.empty(), repository)));
    return lines.stream().sorted().toList();
  }

  private static List<Endpoint> owners(List<Connection> edges, Repository repository) {
    List<Endpoint> binds = edges.stream().map(Connection::bind).toList();
    List<Endpoint> configured =
        binds.stream().filter(b -> repository.agents().ofScript(b.file()).isPresent()).toList();
    return configured.isEmpty() ? binds : configured;
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
