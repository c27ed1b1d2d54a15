package dev.flotilla.scan.graph;

import dev.flotilla.scan.facts.Fact;
import dev.flotilla.scan.facts.FileFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The functions that are hardest to change: the tenth with the most paths. */
public final class Hotspots {
  private Hotspots() {}

  /**
   * A function.
   *
   * @param name with the class around it
   * @param paths independent ways through it, as mccabe counts them
   * @param cognitive how hard it is to follow
   */
  public record Hotspot(String file, int line, String name, int paths, int cognitive) {}

  /** The hottest tenth of the living functions with more than ten paths, hottest first. */
  public static List<Hotspot> of(Repository repository) {
    List<Hotspot> all = new ArrayList<>();
    for (FileFacts file : repository.living()) {
      file.of(Fact.Kind.COMPLEXITY)
          .forEach(
              fact ->
                  all.add(
                      new Hotspot(
                          file.path(),
                          fact.line(),
                          fact.symbol().isEmpty() ? fact.value(0) : fact.symbol(),
                          Integer.parseInt(fact.value(1)),
                          Integer.parseInt(fact.value(2)))));
    }
    all.sort(
        Comparator.comparingInt(Hotspot::paths)
            .reversed()
            .thenComparing(Hotspot::file)
            .thenComparingInt(Hotspot::line));
    return List.copyOf(all.subList(0, (all.size() + 9) / 10));
  }
}
