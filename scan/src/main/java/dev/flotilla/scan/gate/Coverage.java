package dev.flotilla.scan.gate;

import dev.flotilla.scan.ScanResult;
import dev.flotilla.scan.facts.Fact;
import dev.flotilla.scan.facts.FileFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a coverage report says.
 *
 * @param report the file, relative to the root
 * @param percent of all lines
 * @param files percent of each file the report names
 */
public record Coverage(String report, double percent, Map<String, Double> files) {

  /** The report nearest to the root; of two in one folder the first by name. */
  public static Optional<Coverage> of(ScanResult result) {
    return result.repository().files().stream()
        .filter(f -> f.of(Fact.Kind.COVERAGE).anyMatch(fact -> fact.value(0).isEmpty()))
        .min(
            java.util.Comparator.<FileFacts>comparingLong(
                    f -> f.path().chars().filter(c -> c == '/').count())
                .thenComparing(FileFacts::path))
        .map(Coverage::read);
  }

  private static Coverage read(FileFacts file) {
    double all = 0;
    Map<String, Double> files = new TreeMap<>();
    for (Fact fact : file.of(Fact.Kind.COVERAGE).toList()) {
      double percent = Double.parseDouble(fact.value(1));
      if (fact.value(0).isEmpty()) {
        all = percent;
      } else {
        files.put(fact.value(0), percent);
      }
    }
    return new Coverage(file.path(), all, files);
  }

  /** The least covered files, at most so many. */
  public List<Map.Entry<String, Double>> least(int most) {
    return files.entrySet().stream()
        .sorted(
            Map.Entry.<String, Double>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .limit(most)
        .toList();
  }
}
