package dev.flotilla.scan.roadmap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.scan.Scan;
import dev.flotilla.scan.ScanRequest;
import dev.flotilla.scan.rules.Rule;
import dev.flotilla.scan.rules.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoadmapTest {
  @TempDir Path root;

  @Test
  void everyRuleBelongsToAnInitiativeOfItsKind() {
    assertThat(Initiative.of(Rule.BARE_EXCEPT)).isEqualTo(Initiative.EXCEPTIONS);
    assertThat(Initiative.of(Rule.PORT_CONFLICT)).isEqualTo(Initiative.PORTS);
    assertThat(Initiative.of(Rule.HARD_PORT)).isEqualTo(Initiative.PORTS);
    assertThat(Initiative.of(Rule.OPEN_BIND)).isEqualTo(Initiative.SECURITY);
    assertThat(Initiative.of(Rule.SYNTAX_ERROR)).isEqualTo(Initiative.REPAIR);
    Set<Initiative> used =
        Arrays.stream(Rule.values()).map(Initiative::of).collect(Collectors.toSet());
    assertThat(EnumSet.complementOf(EnumSet.copyOf(used))).containsExactly(Initiative.GUARDRAILS);
  }

  @Test
  void nothingComesBeforeWhatItNeedsAndNoCircleIsPossible() throws Exception {
    write();
    Roadmap roadmap = Roadmap.of(Scan.run(ScanRequest.of(root)));
    List<Work> works = roadmap.works();

    assertThat(works.getFirst().initiative()).isEqualTo(Initiative.GUARDRAILS);
    for (Work work : works) {
      roadmap.needs(work).ifPresent(need -> assertThat(need).isLessThan(works.indexOf(work)));
    }
    assertThat(works).extracting(Work::initiative).contains(Initiative.EXCEPTIONS, Initiative.TIDY);
  }

  @Test
  void whatIsInsideOfBackupsIsNotCounted() throws Exception {
    write();
    Roadmap roadmap = Roadmap.of(Scan.run(ScanRequest.of(root)));

    Work exceptions =
        roadmap.works().stream()
            .filter(w -> w.initiative() == Initiative.EXCEPTIONS)
            .findFirst()
            .orElseThrow();
    assertThat(exceptions.worst()).containsExactly("a.py");
    assertThat(roadmap.inBackups()).isPositive();
    assertThat(exceptions.gravest()).isEqualTo(Severity.HIGH);
    assertThat(exceptions.quick()).isTrue();
    assertThat(exceptions.priority()).isZero();
  }

  @Test
  void manyOfAKindCostLessEach() {
    assertThat(Roadmap.learned(0)).isZero();
    assertThat(Roadmap.learned(1)).isEqualTo(1);
    assertThat(Roadmap.learned(2000) / Roadmap.learned(1000)).isCloseTo(1.6, Offset.offset(0.02));
  }

  private void write() throws IOException {
    String text = "try:\n    f()\nexcept:\n    pass\n";
    Files.writeString(root.resolve("a.py"), text);
    Files.createDirectories(root.resolve("old"));
    Files.writeString(root.resolve("old/b.py"), text);
  }
}
