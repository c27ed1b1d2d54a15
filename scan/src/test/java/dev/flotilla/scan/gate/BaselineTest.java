package dev.flotilla.scan.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.scan.Scan;
import dev.flotilla.scan.ScanRequest;
import dev.flotilla.scan.report.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselineTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 5, 20);
  private static final String BARE = "try:\n    f()\nexcept:\n    g()\n";

  @TempDir Path root;

  @Test
  void onlyNewFindingsAreFresh() throws Exception {
    Baseline known = Baseline.of(report(BARE), Optional.empty());

    assertThat(known.compare(report("\n\n" + BARE), TODAY).fresh()).isEmpty();
    assertThat(known.compare(report(BARE + BARE), TODAY).fresh()).hasSize(1);
  }

  @Test
  void whatIsMendedLeavesAndDoesNotComeBack() throws Exception {
    Baseline known = Baseline.of(report(BARE), Optional.empty());
    Baseline pruned = known.prune(known.compare(report("x = 1\n"), TODAY));

    assertThat(pruned.known()).isEmpty();
    assertThat(pruned.compare(report(BARE), TODAY).fresh()).hasSize(1);
  }

  @Test
  void anExpiredBaselineCountsForNothing() throws Exception {
    Baseline known = Baseline.of(report(BARE), Optional.of(TODAY));

    assertThat(known.compare(report(BARE), TODAY).fresh()).hasSize(1);
    assertThat(known.compare(report(BARE), TODAY.minusDays(1)).fresh()).isEmpty();
  }

  @Test
  void survivesWritingAndReading() throws Exception {
    Baseline known = Baseline.of(report(BARE), Optional.of(TODAY));
    Path file = root.resolve("scan-baseline.json");
    known.write(file);

    assertThat(Baseline.read(file)).contains(known);
    Files.writeString(file, "{]");
    assertThat(Baseline.read(file)).isEmpty();
  }

  @Test
  void theCoverageFloorRisesByItself() {
    CoverageFloor floor = new CoverageFloor(40, 5, LocalDate.of(2026, 1, 1));

    assertThat(floor.on(LocalDate.of(2025, 1, 1))).isEqualTo(40);
    assertThat(floor.on(LocalDate.of(2026, 3, 31))).isEqualTo(50);
    assertThat(floor.on(LocalDate.of(2030, 1, 1))).isEqualTo(100);
    assertThat(CoverageFloor.parseRaise("5/month")).contains(5.0);
    assertThat(CoverageFloor.parseRaise("fast")).isEmpty();
  }

  private Report report(String code) throws Exception {
    Files.writeString(root.resolve("a.py"), code);
    return Report.of(Scan.run(ScanRequest.of(root)));
  }
}
