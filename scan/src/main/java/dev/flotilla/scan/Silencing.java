package dev.flotilla.scan;

import dev.flotilla.scan.facts.Fact;
import dev.flotilla.scan.facts.FileFacts;
import dev.flotilla.scan.rules.Confidence;
import dev.flotilla.scan.rules.Finding;
import dev.flotilla.scan.rules.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Applies {@code # noqa} and {@code # nosec}, and reports those that silence nothing. */
final class Silencing {
  private Silencing() {}

  private record Place(String file, int line) {}

  static List<Finding> apply(List<Finding> findings, List<FileFacts> files) {
    Map<Place, String> silenced = new HashMap<>();
    for (FileFacts file : files) {
      file.of(Fact.Kind.NOQA)
          .forEach(fact -> silenced.put(new Place(file.path(), fact.line()), fact.value(0)));
    }
    Map<Place, Boolean> used = new HashMap<>();
    List<Finding> kept = new ArrayList<>(findings.size());
    for (Finding finding : findings) {
      Place place = new Place(finding.file(), finding.line());
      String codes = silenced.get(place);
      if (codes != null && covers(codes, finding.rule()) && finding.rule() != Rule.SYNTAX_ERROR) {
        used.put(place, true);
      } else {
        kept.add(finding);
      }
    }
    silenced.forEach(
        (place, codes) -> {
          boolean ours =
              !codes.isEmpty()
                  && !codes.equals("nosec")
                  && List.of(codes.split(",", -1)).stream().allMatch(Silencing::judgedHere);
          if (ours && !used.containsKey(place)) {
            kept.add(
                Finding.of(
                    Rule.UNUSED_NOQA,
                    Confidence.PARSED,
                    place.file(),
                    place.line(),
                    "noqa: " + codes + " silences nothing"));
          }
        });
    return kept;
  }

  private static boolean covers(String codes, Rule rule) {
    if (codes.isEmpty()) {
      return true;
    }
    if (codes.equals("nosec")) {
      return rule.id().startsWith("FLT2");
    }
    for (String code : codes.split(",", -1)) {
      String upper = code.toUpperCase(java.util.Locale.ROOT);
      if (rule.id().startsWith(upper) || rule.peers().contains(upper)) {
        return true;
      }
    }
    return false;
  }

  /** Only codes whose semantics are the same here can be called unused. */
  private static boolean judgedHere(String code) {
    return code.startsWith("FLT") || code.equals("E722") || code.equals("BLE001");
  }
}
