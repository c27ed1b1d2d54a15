package dev.flotilla.plan.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flotilla.plan.Block;
import dev.flotilla.plan.Phase;
import dev.flotilla.plan.Plan;
import dev.flotilla.plan.PlanRefused;
import dev.flotilla.plan.Status;
import dev.flotilla.plan.Task;
import dev.flotilla.plan.markdown.PlanReader;
import dev.flotilla.plan.store.ForcedDisk;
import dev.flotilla.plan.store.PlanStore;
import dev.flotilla.plan.store.Stored;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportTest {
  private static final String TASKS =
      """
      [{"id": "images_20250817", "description": "Build: images", "priority": 1.50,
        "status": "in_progress", "created": "2025-08-17T12:00:00+08:00", "tags": ["a", null],
        "todos": [
          {"text": "PHASE 0: SETUP & PROTOCOL\\n\\n**Command Preview:**\\n```bash\\nrun <task_id>\\n```\\nIMPORTANT NOTE:\\n- a", "done": true},
          {"text": "PHASE 1: Build\\r\\nwindows \\n\\n", "done": false, "note": {"x": 1}},
          {"text": "no number", "done": false},
          {"text": "PHASE 1: again\\n## PHASE 7: not a heading\\n```open", "done": false},
          {"text": "", "done": true}]},
       {"id": "with spaces/and slashes", "todos": []}]
      """;

  @TempDir Path folder;

  private static List<Imported> read(String file, String text) {
    return new Importer("2026-11-20T00:00:00Z", stem -> "id-" + stem)
        .read(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private List<Stored> stored(List<Imported> all) {
    PlanStore store =
        new PlanStore(
            folder, new ForcedDisk(), Clock.systemUTC(), new Random(1), Duration.ofSeconds(10));
    List<Stored> stored = new ArrayList<>();
    for (Imported one : all) {
      String file = dev.flotilla.plan.PlanIds.file(one.id());
      store.create(file, "ana", one.text(), one.events());
      stored.add(store.read(file));
    }
    return stored;
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private JsonNode back(String text) {
    List<Stored> plans = stored(read("tasks.json", text));
    return json(TasksExport.of(plans, TasksExport.shape(plans)).toString());
  }

  @Test
  void givesBackAList() {
    assertThat(back(TASKS)).isEqualTo(json(TASKS));
  }

  @Test
  void givesBackAnObjectWithTasks() {
    String object = "{\"version\": 3, \"tasks\": " + TASKS + ", \"last\": \"x\"}";
    assertThat(back(object)).isEqualTo(json(object));
  }

  @Test
  void givesBackAMapOfIds() {
    String map =
        "{\"a\": {\"description\": \"x\", \"todos\": [{\"text\": \"one\"}, \"two\"]},"
            + " \"b\": {\"id\": \"b\", \"description\": \"y\", \"todos\": []}}";
    assertThat(back(map)).isEqualTo(json(map));
  }

  @Test
  void givesBackTheRealTaskFile() throws IOException {
    Path real = Path.of("../../shared/data/monorepo/memory-bank/queue-system/tasks_active.json");
    assumeTrue(Files.exists(real), "the shared test data are not here");
    String text = Files.readString(real);
    List<Imported> plans = read("tasks_active.json", text);
    assertThat(plans).hasSize(1);
    Plan plan = PlanReader.read("x", plans.getFirst().text());
    assertThat(plan.phases()).hasSize(9);
    assertThat(plan.phases()).allMatch(phase -> !phase.note().isEmpty());
    assertThat(plan.phases().get(1).blocks(Block.Role.STEP)).hasSize(1);
    assertThat(plan.phases().get(3).blocks(Block.Role.STEP)).isEmpty();
    assertThat(plan.phases()).allMatch(p -> p.blocks(Block.Role.CONCLUDING).size() == 1);
    assertThat(back(text)).isEqualTo(json(text));
  }

  @Test
  void readsTheListingOfSeed000() throws IOException {
    Plan plan = seed("000_0395cb99d257a87f.txt");
    assertThat(plan.id()).isEqualTo("20240524_dual_machine_optimization");
    assertThat(plan.status()).isEqualTo(Status.IN_PROGRESS);
    assertThat(plan.created()).isEqualTo("2024-05-24T12:00:00Z");
    assertThat(plan.phases()).extracting(Phase::index).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(plan.phases()).noneMatch(Phase::done);
    assertThat(plan.phases()).allMatch(phase -> phase.note().contains("below 90%"));
    assertThat(plan.phases().get(1).tasks()).extracting(Task::path).contains("1", "2", "5");
    assertThat(plan.phases().get(1).blocks(Block.Role.STEP)).hasSize(1);
  }

  @Test
  void readsTheListingOfSeed002() throws IOException {
    Plan plan = seed("002_2865665fb2d3342a.txt");
    assertThat(plan.id()).isEqualTo("docker_arch_impl_20250810");
    assertThat(plan.phases()).hasSize(7);
    assertThat(plan.phases())
        .extracting(Phase::done)
        .containsExactly(true, true, false, false, false, false, false);
    assertThat(plan.phases().get(1).title()).isEqualTo("BUILD FOUNDATIONAL BASE IMAGES");
    assertThat(plan.phases().get(1).tasks())
        .extracting(Task::path)
        .contains("1", "2", "2.8", "3", "4");
    assertThat(plan.phases().get(5).note()).startsWith("This step is crucial").endsWith("system.");
  }

  private static Plan seed(String name) throws IOException {
    Path seed = Path.of("../../shared/seeds", name);
    assumeTrue(Files.exists(seed), "the shared seeds are not here");
    List<Imported> plans = read(name, Files.readString(seed));
    assertThat(plans).hasSize(1);
    return PlanReader.read("x", plans.getFirst().text());
  }

  @Test
  void readsACheckList() {
    List<Imported> plans =
        read("todo.md", "# Ship it\n\n## Build\n- [x] compile\n- [x] test\n## Send\n- [ ] call\n");
    Plan plan = PlanReader.read("x", plans.getFirst().text());
    assertThat(plan.description()).isEqualTo("Ship it");
    assertThat(plan.phases()).extracting(Phase::title).containsExactly("Build", "Send");
    assertThat(plan.phases()).extracting(Phase::done).containsExactly(true, false);
    assertThat(plan.phases().getFirst().tasks()).hasSize(2);
  }

  @Test
  void keepsAPlanToTheByte() {
    String plan = dev.flotilla.plan.markdown.Samples.FULL;
    assertThat(read("any.md", plan).getFirst().text()).isEqualTo(plan);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1, 2]",
        "{\"a\": 5}",
        "{\"tasks\": [{\"id\": 3}]}",
        "[{\"id\": \"a\", \"todos\": {}}]",
        "[{\"id\": \"a\", \"todos\": [{}]}]",
        "[{\"id\": \"a\"",
        "{\"a\": {\"todos\": []}, \"a\": {\"todos\": []}}",
        "words only",
        ""
      })
  void saysThatJsonIsNoTasks(String text) {
    assertThatThrownBy(() -> read("x.json", text))
        .isInstanceOfSatisfying(
            PlanRefused.class,
            e -> assertThat(e.problems().getFirst().advice()).contains("nothing was imported"));
  }

  @Test
  void saysThatAListingIsCutOff() {
    String half = "1. 🗒️  a\n   Description: x\n   TODO Items (2):\n      [✗] 0. PHASE 0: a\n";
    assertThatThrownBy(() -> read("x.txt", half)).hasMessageContaining("1 items");
  }

  @Test
  void givesBackRandomTaskFiles() {
    Random random = new Random(11);
    String[] words = {
      "PHASE 0: a", "PHASE 3: b", "\n", "\n\n", "## PHASE 1: x", "```bash", "```", "- [ ] t", " ",
      "✔", "IMPORTANT NOTE: n", "\r\n", "\t", "---", "\uFEFF", "Needs: 2", "Needs: x", "<<<<<<< a"
    };
    ObjectMapper mapper = new ObjectMapper();
    for (int round = 0; round < 150; round++) {
      var list = mapper.createArrayNode();
      var task = list.addObject().put("id", "t" + round);
      var todos = task.putArray("todos");
      for (int k = random.nextInt(4); k > 0; k--) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
          text.append(words[random.nextInt(words.length)]);
        }
        todos.addObject().put("text", text.toString()).put("done", random.nextBoolean());
      }
      List<Imported> read;
      try {
        read = read("t.json", list.toString());
      } catch (PlanRefused e) {
        assertThat(list.toString()).containsAnyOf("<<<<<<<", "Needs: x");
        continue;
      }
      List<Stored> plans = stored(read);
      assertThat(json(TasksExport.of(plans, TasksExport.Shape.LIST).toString())).isEqualTo(list);
    }
  }
}
