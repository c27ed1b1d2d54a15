package dev.flotilla.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flotilla.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlanCommandsTest {
  @TempDir Path directory = Path.of("");

  private Run plan(String... words) {
    List<String> all = new ArrayList<>(List.of("plan"));
    all.addAll(List.of(words));
    return Run.in(directory, all.toArray(String[]::new));
  }

  private JsonNode json(String... words) throws IOException {
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--json");
    Run run = plan(all.toArray(String[]::new));
    return new ObjectMapper().readTree(run.out());
  }

  private static Path shared(String name) {
    Path file = Path.of("../../shared").resolve(name).toAbsolutePath().normalize();
    assumeTrue(Files.exists(file), "the shared data are not here");
    return file;
  }

  @Test
  void aPlanFromBeginningToEnd() throws IOException {
    String id = json("new", "Halve the build time", "--phase", "Measure").path("id").asText();
    assertThat(id).matches("\\d{8}-halve-the-build-time-[a-z2-9]{5}");
    assertThat(json("add", id, "Mend\n```bash\necho mended\n```").path("phase").asInt()).isOne();
    JsonNode listed = json("list").path("plans").path(0);
    assertThat(listed.path("id").asText()).isEqualTo(id);
    assertThat(listed.path("status").asText()).isEqualTo("in_progress");
    assertThat(listed.path("phases").path(0).path("title").asText()).isEqualTo("Measure");
    assertThat(listed.path("phases").path(0).path("done").asBoolean()).isFalse();
    assertThat(plan("done", id, "1").code()).isEqualTo(1);
    assertThat(plan("done", id, "0").out()).contains("Done: PHASE 0: Measure (reported)");
    String hash = json("exec", id, "1").path("hash").asText();
    assertThat(json("exec", id, "1", "--run", hash).path("ok").asBoolean()).isTrue();
    JsonNode closed = json("done", id, "1");
    assertThat(closed.path("verdict").asText()).isEqualTo("verified");
    assertThat(closed.path("status").asText()).isEqualTo("completed");
    assertThat(json("list").path("plans")).isEmpty();
    assertThat(json("list", "--all").path("plans")).hasSize(1);
    assertThat(plan("log", id).out()).contains("created", "step-started", "step-ended", "done");
  }

  @Test
  void theListingOfASeedComesBackAsItWas() throws IOException {
    for (String name : List.of("000_0395cb99d257a87f.txt", "002_2865665fb2d3342a.txt")) {
      Path seed = shared("seeds/" + name);
      Path own = Files.createDirectories(directory.resolve(name));
      String plans = own.toString();
      assertThat(plan("import", seed.toString(), "--plans", plans).code()).isZero();
      String listed = plan("list", "--full", "--plans", plans).out();
      assertThat(listed.stripTrailing()).isEqualTo(Files.readString(seed).stripTrailing());
    }
  }

  @Test
  void bothSeedsAreWorkedThroughWithTheirGates() throws IOException {
    plan("import", shared("seeds/000_0395cb99d257a87f.txt").toString());
    plan("import", shared("seeds/002_2865665fb2d3342a.txt").toString());
    assertThat(plan("done", "2024", "0").err()).contains("confidence >= 90 %");
    assertThat(plan("review", "2024", "0", "--confidence", "85").code()).isOne();
    assertThat(plan("done", "2024", "0").err()).contains("85 % stated, below 90 %");
    for (int phase = 0; phase < 6; phase++) {
      assertThat(plan("done", "2024", "" + phase, "--confidence", "95").code()).isZero();
    }
    for (int phase = 2; phase < 7; phase++) {
      assertThat(plan("done", "docker", "" + phase).code()).isZero();
    }
    assertThat(json("stats").path("open").asInt()).isZero();
    assertThat(plan("calibration").out()).contains("says 95 %, is right 100 %");
  }

  @Test
  void aTaskFileComesBackEqual() throws IOException {
    Path file = shared("data/monorepo/memory-bank/queue-system/tasks_active.json");
    assertThat(plan("import", file.toString()).code()).isZero();
    ObjectMapper mapper = new ObjectMapper();
    assertThat(mapper.readTree(plan("export").out())).isEqualTo(mapper.readTree(file.toFile()));
  }

  @Test
  void errorsSayWhatToDoNext() throws IOException {
    plan("new", "one", "--id", "one", "--phase", "a");
    assertThat(plan("show", "ona").err()).contains("such as one").contains("to do:");
    assertThat(plan("done", "one", "9").err()).contains("one of 0");
    assertThat(plan("done", "one", "x").code()).isEqualTo(2);
    assertThat(plan("hard-delete", "one").code()).isEqualTo(2);
    assertThat(plan("import", "nowhere.json").err()).contains("no file that can be read");
    assertThat(json("show", "zzz").path("problems").path(0).path("advice").asText()).isNotEmpty();
    Files.writeString(directory.resolve("plans/bad.md"), "---\nid: bad\nstatus: x\n");
    assertThat(plan("list").out()).contains("front matter that is not closed");
    assertThat(plan("add", "bad", "more").err()).contains("bad.md:1").contains("add the line ---");
  }

  @Test
  void deletesUndoesAndCleansUp() throws IOException {
    plan("new", "one", "--id", "one", "--phase", "a");
    plan("delete", "one");
    assertThat(json("list").path("plans")).isEmpty();
    plan("undo", "one");
    assertThat(json("list").path("plans")).hasSize(1);
    plan("done", "one", "0");
    assertThat(json("cleanup", "--older", "0s", "--dry-run").path("archived")).hasSize(1);
    assertThat(json("cleanup", "--older", "0s").path("archived")).hasSize(1);
    assertThat(directory.resolve("plans/archive/one.md")).exists();
    plan("new", "two", "--id", "two");
    assertThat(plan("hard-delete", "two", "--yes").code()).isZero();
    assertThat(directory.resolve("plans/two.md")).doesNotExist();
  }

  @Test
  void exportsInEveryForm() throws IOException {
    plan("new", "a <b> \"c\", d", "--id", "one", "--phase", "=x, \"y\"");
    assertThat(plan("export", "--format", "csv").out())
        .contains("one,in_progress,0,\"'=x, \"\"y\"\"\",false");
    assertThat(plan("export", "--format", "html").out())
        .contains("a &lt;b&gt;")
        .doesNotContain("<b>");
    assertThat(plan("export", "--format", "markdown").out())
        .isEqualTo(Files.readString(directory.resolve("plans/one.md")));
    assertThat(plan("export", "--format", "json").out()).contains("\"phases\"");
    assertThat(plan("export", "--format", "pdf").code()).isEqualTo(2);
  }
}
