package dev.flotilla.bench.gateway;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The report, as Markdown. */
final class GatewayReport {
  private static final Map<String, String> BARS =
      Map.of(
          Measure.FIDELITY, "8",
          Measure.CPU, "≤ 500 and ≤ ⅓ of Portkey",
          Measure.ADDED_50, "≤ 0.5",
          Measure.ADDED_99, "≤ 3",
          Measure.FIRST, "≤ 1",
          Measure.CANCEL, "≤ 100",
          Measure.STREAMS, "≤ 400",
          Measure.ASK, "≤ 50");

  private GatewayReport() {}

  static String of(List<Results> all, int seconds, int streams, int processors) {
    StringBuilder text = new StringBuilder("# The door beside other gateways\n\n");
    text.append(
        """
        Each gateway runs alone on core 0; the load and the mock server of models share core 1. The
        mock answers at once, so what is measured is the gateway. Flotilla's door runs as a fleet runs
        it, with keys, a budget, a rate, rules, breakers, metrics and explanations on; the others as
        their makers start them, without keys or budgets. Loads of %d s after 20,000 requests to warm up,
        the median of %d; half load is half of what the gateway reached, over 64 connections, each
        request timed from the moment it was due. What is added is the difference of the percentiles to
        asking the mock directly at the same rate, the median of %d rounds in turns with the mock. The
        load's JVM has room for all that a load leaves behind, so that no pause of its own counts. %d
        streams held open. Written on %d processors, load average %s at the end.

        """
            .formatted(
                seconds, Measure.BUSY_ROUNDS, Measure.STEADY_ROUNDS, streams, processors, load()));
    String names = all.stream().map(Results::name).collect(Collectors.joining(" | "));
    text.append("| | ").append(names).append(" | must reach |\n|---|");
    text.append("---|".repeat(all.size() + 1)).append('\n');
    row(text, "version", all.stream().map(Results::version).toList(), "");
    Set<String> what = new LinkedHashSet<>();
    all.forEach(r -> what.addAll(r.values().keySet()));
    for (String each : what) {
      row(
          text,
          each,
          all.stream().map(r -> number(r.values().get(each))).toList(),
          BARS.getOrDefault(each, ""));
    }
    text.append("\n## Fidelity\n\n| | ").append(names).append(" |\n|---|");
    text.append("---|".repeat(all.size())).append('\n');
    Set<String> checks = new LinkedHashSet<>();
    all.forEach(r -> checks.addAll(r.checks().keySet()));
    for (String check : checks) {
      text.append("| ").append(check).append(" | ");
      text.append(
          all.stream()
              .map(r -> r.checks().getOrDefault(check, "–").replaceAll("[|\n]", " "))
              .collect(Collectors.joining(" | ")));
      text.append(" |\n");
    }
    return text.toString();
  }

  private static void row(StringBuilder text, String name, List<String> cells, String bar) {
    text.append("| ").append(name).append(" | ");
    text.append(String.join(" | ", cells)).append(" | ").append(bar).append(" |\n");
  }

  private static String number(@org.jspecify.annotations.Nullable Double value) {
    if (value == null) {
      return "–";
    }
    return value.isNaN()
        ? "not reached"
        : String.format(Locale.ROOT, Math.abs(value) < 20 ? "%.2f" : "%.0f", value);
  }

  private static String load() {
    return String.format(
        Locale.ROOT,
        "%.1f",
        java.lang.management.ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }
}
