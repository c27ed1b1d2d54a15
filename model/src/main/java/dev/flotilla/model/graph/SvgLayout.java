package dev.flotilla.model.graph;

import dev.flotilla.model.AgentId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where each agent stands in the picture: a column for each layer of the start order, centred, each
 * agent near what it needs and who needs it. Agents in cycles come last.
 */
final class SvgLayout {
  static final int BOX_WIDTH = 240;
  static final int BOX_HEIGHT = 26;
  static final int MARGIN = 24;
  static final int HEADER = 56;

  private static final int COLUMN = 330;
  private static final int ROW = 36;
  private static final int SWEEPS = 4;

  private final List<List<AgentId>> columns = new ArrayList<>();
  private final Map<AgentId, Box> boxes = new HashMap<>();

  /** The left upper corner of an agent's box. */
  record Box(int x, int y) {}

  SvgLayout(DependencyGraph graph) {
    StartOrder.of(graph).layers().forEach(layer -> columns.add(new ArrayList<>(layer)));
    List<AgentId> cyclic = new ArrayList<>(graph.agents());
    columns.forEach(cyclic::removeAll);
    if (!cyclic.isEmpty()) {
      columns.add(cyclic);
    }
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (int i = 1; i < columns.size(); i++) {
        byNeighbours(i, graph::needs);
      }
      for (int i = columns.size() - 2; i >= 0; i--) {
        byNeighbours(i, graph::neededBy);
      }
    }
    for (int column = 0; column < columns.size(); column++) {
      List<AgentId> agents = columns.get(column);
      int top = MARGIN + HEADER + (rows() - agents.size()) * ROW / 2;
      for (int row = 0; row < agents.size(); row++) {
        boxes.put(agents.get(row), new Box(x(column), top + row * ROW));
      }
    }
  }

  /** Puts each agent of a column at the mean height of its neighbours, which avoids crossings. */
  private void byNeighbours(int column, Function<AgentId, ? extends Iterable<AgentId>> neighbours) {
    Map<AgentId, Double> height = new HashMap<>();
    for (List<AgentId> each : columns) {
      for (int row = 0; row < each.size(); row++) {
        height.put(each.get(row), row - each.size() / 2.0);
      }
    }
    Map<AgentId, Double> wanted = new HashMap<>();
    for (AgentId id : columns.get(column)) {
      double sum = 0;
      int count = 0;
      for (AgentId neighbour : neighbours.apply(id)) {
        sum += height.getOrDefault(neighbour, 0.0);
        count++;
      }
      wanted.put(id, count == 0 ? height.getOrDefault(id, 0.0) : sum / count);
    }
    columns.get(column).sort(Comparator.comparingDouble(id -> wanted.getOrDefault(id, 0.0)));
  }

  Optional<Box> box(AgentId id) {
    return Optional.ofNullable(boxes.get(id));
  }

  int x(int column) {
    return MARGIN + column * COLUMN;
  }

  int columns() {
    return columns.size();
  }

  int rows() {
    return columns.stream().mapToInt(List::size).max().orElse(0);
  }

  int width() {
    return Math.max(480, x(Math.max(0, columns.size() - 1)) + BOX_WIDTH + MARGIN);
  }

  /** Below the last row. */
  int bottom() {
    return MARGIN + HEADER + rows() * ROW;
  }
}
