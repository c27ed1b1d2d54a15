package dev.flotilla.scan.view;

import dev.flotilla.scan.ScanResult;
import dev.flotilla.scan.graph.Hotspots;
import dev.flotilla.scan.graph.Layers;
import dev.flotilla.scan.topology.Connection;
import dev.flotilla.scan.topology.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The graphs as rows. */
final class GraphRows {
  private GraphRows() {}

  static View.Rows connections(ScanResult result) {
    List<List<String>> rows = new ArrayList<>();
    for (Connection edge : Connection.match(result.topology(), result.repository()).edges()) {
      rows.add(
          List.of(
              place(edge.connect()),
              edge.connect().type(),
              edge.connect().portText(),
              edge.connect().protocol(),
              edge.bind().type(),
              place(edge.bind()),
              edge.sure() ? "" : "one of several"));
    }
    return new View.Rows(List.of("from", "socket", "port", "protocol", "peer", "to", "note"), rows);
  }

  private static String place(Endpoint endpoint) {
    return endpoint.file() + ":" + endpoint.line();
  }

  static View.Rows layers(ScanResult result) {
    Map<String, Integer> importers = result.repository().imports().popularity();
    List<List<String>> rows = new ArrayList<>();
    Layers.of(result.repository().imports()).entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(
            e ->
                rows.add(
                    List.of(
                        e.getValue().toString(),
                        importers.getOrDefault(e.getKey(), 0).toString(),
                        e.getKey())));
    return new View.Rows(List.of("layer", "importedBy", "module"), rows);
  }

  static View.Rows hottest(ScanResult result) {
    List<List<String>> rows = new ArrayList<>();
    for (Hotspots.Hotspot spot : Hotspots.of(result.repository())) {
      rows.add(
          List.of(
              Integer.toString(spot.paths()),
              Integer.toString(spot.cognitive()),
              spot.name(),
              spot.file() + ":" + spot.line()));
    }
    return new View.Rows(List.of("paths", "cognitive", "function", "place"), rows);
  }
}
