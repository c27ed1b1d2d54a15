package dev.flotilla.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TableTest {
  private final Table table =
      new Table(Table.Column.left("AGENT"), Table.Column.right("PID"), Table.Column.left("REASON"))
          .row("a", "17", "")
          .row("longer", "4", "waits for the one that never comes");

  @Test
  void columnsAlignAndLinesDoNotTrail() {
    assertThat(table.lines(80, false))
        .containsExactly(
            "AGENT   PID  REASON",
            "a        17",
            "longer    4  waits for the one that never comes");
  }

  @Test
  void theLastColumnGivesWay() {
    List<String> lines = table.lines(30, false);
    assertThat(lines.get(2)).isEqualTo("longer    4  waits for the on…");
    assertThat(lines).allSatisfy(l -> assertThat(Text.width(l)).isLessThanOrEqualTo(30));
  }

  @Test
  void whatIsOfLeastWorthIsLeftOutFirst() {
    Table wide =
        new Table(
                Table.Column.left("AGENT"),
                Table.Column.left("GROUP").worth(1),
                Table.Column.right("PID").worth(2),
                Table.Column.left("REASON"))
            .row("Memory", "a long name", "17", "waits for the one that never comes");
    assertThat(wide.lines(60, false).getFirst()).isEqualTo("AGENT   GROUP        PID  REASON");
    assertThat(wide.lines(40, false))
        .containsExactly("AGENT   PID  REASON", "Memory   17  waits for the one that nev…");
    assertThat(wide.lines(36, false))
        .containsExactly("AGENT   REASON", "Memory  waits for the one that neve…");
    assertThat(wide.lines(10, false))
        .allSatisfy(l -> assertThat(Text.width(l)).isLessThanOrEqualTo(16));
  }

  @Test
  void coloursTakeNoRoom() {
    Table coloured =
        new Table(Table.Column.left("A"), Table.Column.left("B"))
            .row(new Table.Cell("ok", Style.GREEN), Table.Cell.of("x"));
    assertThat(coloured.lines(80, true).get(1)).isEqualTo("\033[32mok\033[0m  x");
  }

  @Test
  void whatOthersWroteCannotSteerTheTerminal() {
    Table tamed = new Table(Table.Column.left("A")).row("a\033[2Jb\n");
    assertThat(tamed.lines(80, false).get(1)).isEqualTo("a[2Jb");
  }
}
