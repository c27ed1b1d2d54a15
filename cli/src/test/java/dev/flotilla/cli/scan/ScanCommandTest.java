package dev.flotilla.cli.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.cli.Run;
import dev.flotilla.model.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scan itself: reports, exit codes, the gate. */
final class ScanCommandTest {
  private static final String BARE = "def f():\n    try:\n        g()\n    except:\n        h()\n";

  @TempDir Path directory = Path.of("");
  @TempDir Path home = Path.of("");

  @BeforeEach
  void write() throws IOException {
    file("a.py", BARE);
    file("broken.py", "def f(:\n");
  }

  @Test
  void saysWhatIsThereAndExitsWithZeroWithoutAGate() {
    Run run = scan();

    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("2 files read", "1 do not parse", "Findings", "Worst places");
    assertThat(run.out().lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(101));
  }

  @Test
  void theGateDecidesTheExitCode() {
    assertThat(scan("--fail-on", "critical").code()).isZero();
    assertThat(scan("--fail-on", "high").code()).isEqualTo(1);
    assertThat(scan("--fail-on", "HIGH").code()).isEqualTo(1);
    Run wrong = scan("--fail-on", "hihg");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("--fail-on hihg").contains("Did you mean high?");
  }

  @Test
  void jsonHasSummaryAndFindings() throws IOException {
    JsonNode answer = Json.mapper().readTree(scan("--json").out());

    assertThat(names(answer)).startsWith("summary", "findings");
    assertThat(names(answer.path("findings").path(0)))
        .startsWith("rule", "name", "severity", "confidence", "file", "line", "column", "message");
    assertThat(answer.path("findings").findValuesAsText("name")).contains("syntax-error");
  }

  @Test
  void severalReportsGoToFiles() throws IOException {
    Run run = scan("--report", "json,sarif,html,junit,gitlab", "-o", "out");

    assertThat(run.code()).isZero();
    assertThat(run.err()).contains("Written: out.sarif", "Written: out.html", "out.xml");
    assertThat(Json.mapper().readTree(directory.resolve("out.json.json").toFile()).has("findings"))
        .isTrue();
  }

  @Test
  void saysWhatIsWrongWithTheCommandLine() throws IOException {
    refused("a file", "a.py");
    refused("does not exist", "nowhere");
    refused("Did you mean sarif?", "--report", "sarf");
    refused("Add -o scan", "--report", "json,html");
    refused("cannot be written", "--report", "json", "-o", "none/out.json");
    refused("cannot be written (it is a folder)", "--report", "json", "-o", ".");
    refused("a revision that git knows", "--since", "nothing");
    refused("Add --baseline", "--create-baseline");
    refused("Add --baseline", "--ratchet");
    refused("does not exist", "--baseline", "none.json");
    refused("Leave one of them out", "--baseline", "b", "--only", "FLT101", "--create-baseline");
    refused("--create-baseline beside it", "--baseline", "b", "--expires", "2026-01-01");
    file("b.json", "{}");
    refused("is no baseline", "--baseline", "b.json");
    refused("Did you mean", "--basline", "b.json");
    refused("Did you mean ports?", "prots");
  }

  @Test
  void theBaselineLetsTheKnownPassAndFailsOnTheNew() throws IOException {
    assertThat(scan("--baseline", "b.json", "--create-baseline").err()).contains("Wrote");
    Run same = scan("--baseline", "b.json");
    assertThat(same.code()).isZero();
    assertThat(same.err()).contains("0 new findings, 0 mended.");

    file("new.py", BARE);
    Run more = scan("--baseline", "b.json", "--fail-on", "high");
    assertThat(more.code()).isEqualTo(1);
    assertThat(more.out()).contains("new.py").doesNotContain("broken.py");
    assertThat(more.err()).contains("at least high").contains("the gate fails");
    assertThat(scan("--baseline", "b.json", "--prune-baseline").err()).doesNotContain("left");
    assertThat(scan("--baseline", "b.json", "--fail-on", "critical").code()).isZero();
  }

  @Test
  void whatIsMendedLeavesTheBaselineForGood() throws IOException {
    scan("--baseline", "b.json", "--create-baseline");
    file("a.py", "x = 1\n");
    Run pruned = scan("--baseline", "b.json", "--prune-baseline");
    assertThat(pruned.code()).isZero();
    assertThat(pruned.err()).contains("mended").contains("findings left");

    file("a.py", BARE);
    assertThat(scan("--baseline", "b.json").code()).isEqualTo(1);
  }

  @Test
  void theRatchetCountsByRule() throws IOException {
    scan("--baseline", "b.json", "--create-baseline");
    Files.delete(directory.resolve("a.py"));
    file("moved.py", BARE);

    assertThat(scan("--baseline", "b.json").code()).isEqualTo(1);
    assertThat(scan("--baseline", "b.json", "--ratchet", "--only", "FLT101").code()).isEqualTo(2);
    assertThat(scan("--baseline", "b.json", "--ratchet", "--prune-baseline").code()).isZero();
    assertThat(Files.readString(directory.resolve("b.json"))).contains("moved.py");
    file("more.py", BARE);
    Run more = scan("--baseline", "b.json", "--ratchet");
    assertThat(more.code()).isEqualTo(1);
    assertThat(more.out()).contains("more.py").doesNotContain("moved.py");
  }

  @Test
  void anExpiredBaselineCountsForNothing() {
    scan("--baseline", "b.json", "--create-baseline", "--expires", "2020-01-01");

    Run run = scan("--baseline", "b.json");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("The baseline has expired.");
  }

  @Test
  void sinceARevisionOnlyWhatChangedCounts() throws Exception {
    git("init", "-q");
    git("add", "-A");
    git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x");
    assertThat(scan("--since", "HEAD", "--fail-on", "low").code()).isZero();
    file("new.py", BARE);
    Run run = scan("--since", "HEAD", "--fail-on", "low");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("new.py").doesNotContain("broken.py");
  }

  @Test
  void onlyTheRulesThatAreAskedFor() throws IOException {
    assertThat(rules("--only", "syntax-error")).containsOnly("FLT001");
    assertThat(rules("--only", "FLT1")).containsOnly("FLT101");
    assertThat(rules("--only", "E722,FLT001")).containsOnly("FLT101", "FLT001");
  }

  @Test
  void coverageIsHeldToAFloorThatIsNeverLoweredSilently() throws IOException {
    refusedBy("no coverage report", "scan", "coverage");
    file(
        "coverage.xml",
        "<coverage line-rate=\"0.5\">"
            + "<class name=\"a\" filename=\"a.py\" line-rate=\"0.25\"/></coverage>\n");
    assertThat(run("scan", "coverage").out()).contains("25.0 %  a.py", "Coverage 50.0 %");
    assertThat(run("scan", "coverage", "--min", "40").code()).isZero();
    assertThat(run("scan", "coverage", "--min", "60").code()).isEqualTo(1);
    String[] risen = {"--min", "40", "--raise", "5/month", "--from", "2020-01-01"};
    assertThat(coverage(risen).code()).isEqualTo(1);

    assertThat(coverage("--min", "40", "--raise", "5/month", "--floor", "f.json").code()).isZero();
    assertThat(coverage("--min", "40", "--raise", "5/month", "--floor", "f.json").code()).isZero();
    Run lower = coverage("--min", "30", "--raise", "5/month", "--floor", "f.json");
    assertThat(lower.code()).isEqualTo(2);
    assertThat(lower.err()).contains("would lower the floor").contains("--lower");
    assertThat(coverage("--floor", "f.json", "--ratchet").out()).contains("floor 50.0 %: enough");
    assertThat(coverage("--min", "45", "--raise", "5/month", "--floor", "f.json").code())
        .isEqualTo(2);
    assertThat(coverage("--min", "45", "--raise", "5/month", "--floor", "f.json", "--lower").code())
        .isZero();
    refusedBy("Write 5/month", "scan", "coverage", "--raise", "fast");
    refusedBy("percent from 0 to 100", "scan", "coverage", "--min", "140");
    refusedBy("Make it: --min 40", "scan", "coverage", "--floor", "none.json");
    JsonNode answer = Json.mapper().readTree(run("scan", "coverage", "--json").out());
    assertThat(names(answer)).containsExactly("covered", "enough", "files");
  }

  @Test
  void aDamagedCacheAndAnUnreadableFolderDoNotStopIt() throws IOException {
    scan();
    try (var files = Files.list(home.resolve("scan"))) {
      for (Path file : files.toList()) {
        Files.writeString(file, "rubbish");
      }
    }
    assertThat(scan().code()).isZero();
    assertThat(scan("--no-cache").code()).isZero();
  }

  private Run coverage(String... words) {
    List<String> all = new ArrayList<>(List.of("scan", "coverage"));
    all.addAll(List.of(words));
    return run(all.toArray(String[]::new));
  }

  private void refused(String what, String... words) {
    List<String> all = new ArrayList<>(List.of("scan"));
    all.addAll(List.of(words));
    refusedBy(what, all.toArray(String[]::new));
  }

  private void refusedBy(String what, String... words) {
    Run run = run(words);
    assertThat(run.code()).as(String.join(" ", words)).isEqualTo(2);
    assertThat(run.err()).contains(what).doesNotContain("\tat ");
  }

  private List<String> rules(String... words) throws IOException {
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--json");
    return Json.mapper()
        .readTree(scan(all.toArray(String[]::new)).out())
        .path("findings")
        .findValuesAsText("rule");
  }

  private Run scan(String... words) {
    List<String> all = new ArrayList<>(List.of("scan"));
    all.addAll(List.of(words));
    return run(all.toArray(String[]::new));
  }

  private Run run(String... words) {
    return Run.in(directory, Map.of("FLOTILLA_HOME", home.toString()), words);
  }

  private void git(String... words) throws Exception {
    List<String> all = new ArrayList<>(List.of("git"));
    all.addAll(List.of(words));
    assertThat(new ProcessBuilder(all).directory(directory.toFile()).start().waitFor()).isZero();
  }

  private void file(String path, String text) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
