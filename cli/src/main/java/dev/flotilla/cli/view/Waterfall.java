package dev.flotilla.cli.view;

import dev.flotilla.cli.screen.Style;
import dev.flotilla.cli.screen.Text;
import dev.flotilla.model.AgentId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Who started when and took how long, as bars under a scale of time. Pure. */
public final class Waterfall {
  private static final int NARROWEST_BARS = 20;
  private static final int WIDEST_BARS = 72;

  private Waterfall() {}

  /** One bar. */
  public record Bar(AgentId agent, Instant startedAt, Optional<Instant> readyAt) {}

  /**
   * @param critical those whose bars are marked: nothing is faster unless one of these is
   * @param columns no line is wider, where there is room for names and twenty columns of bars
   */
  public static List<String> lines(
      List<Bar> bars, Set<AgentId> critical, Instant end, int columns, boolean colour) {
    if (bars.isEmpty()) {
      return List.of();
    }
    Names names = new Names(bars.stream().map(Bar::agent).toList());
    Instant begin = bars.stream().map(Bar::startedAt).min(Comparator.naturalOrder()).orElse(end);
    long total = Math.max(1, Duration.between(begin, end).toMillis());
    int label = bars.stream().mapToInt(b -> Text.width(names.of(b.agent()))).max().orElse(0);
    int width = Math.clamp((long) columns - label - 14, NARROWEST_BARS, WIDEST_BARS);
    List<String> lines = new ArrayList<>();
    lines.add(Style.DIM.paint(Text.pad("", label + 3) + scale(total, width), colour));
    List<Bar> sorted =
        bars.stream()
            .sorted(
                Comparator.comparing(Bar::startedAt)
                    .thenComparing(b -> b.readyAt().orElse(end))
                    .thenComparing(Bar::agent))
            .toList();
    for (Bar bar : sorted) {
      lines.add(line(bar, names, label, begin, end, total, width, critical, colour));
    }
    return lines;
  }

  private static String line(
      Bar bar,
      Names names,
      int label,
      Instant begin,
      Instant end,
      long total,
      int width,
      Set<AgentId> critical,
      boolean colour) {
    boolean marked = critical.contains(bar.agent());
    int from = column(begin, bar.startedAt(), total, width);
    int to = Math.max(from + 1, column(begin, bar.readyAt().orElse(end), total, width));
    String filled = (marked ? "█" : "▒").repeat(to - from);
    Style style = bar.readyAt().isEmpty() ? Style.RED : marked ? Style.BOLD_YELLOW : Style.GREEN;
    String name = Text.pad(names.of(bar.agent()), label);
    String took =
        bar.readyAt()
            .map(ready -> Spans.text(Duration.between(bar.startedAt(), ready)))
            .orElse("never ready");
    return (marked ? Style.BOLD.paint(name + " ◆ ", colour) : name + "   ")
        + " ".repeat(from)
        + style.paint(filled, colour)
        + " ".repeat(Math.max(0, width - to))
        + "  "
        + Text.padLeft(took, 7);
  }

  private static int column(Instant begin, Instant at, long total, int width) {
    return (int) Math.min(width, Duration.between(begin, at).toMillis() * width / total);
  }

  /** Times at the quarters, or at the halves where it is narrow, each written where it begins. */
  private static String scale(long total, int width) {
    StringBuilder scale = new StringBuilder(" ".repeat(width + 8));
    int parts = width < 40 ? 2 : 4;
    for (int part = 0; part <= parts; part++) {
      String time = String.format(Locale.ROOT, "%.2f s", total * part / (parts * 1000.0));
      int at = Math.min(width * part / parts, width + 8 - time.length());
      scale.replace(at, at + time.length(), time);
    }
    return scale.toString().stripTrailing();
  }
}
