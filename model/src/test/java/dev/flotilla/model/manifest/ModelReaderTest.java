package dev.flotilla.model.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.Bytes;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Model;
import dev.flotilla.model.Problem;
import dev.flotilla.model.Result;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelReaderTest {

  private static Result<Fleet> load(String models) {
    String text = "agents: {a: {command: sleep 1}}\nmodels:\n" + models;
    return ManifestLoader.load(
        "fleet.yaml",
        text.getBytes(StandardCharsets.UTF_8),
        Path.of("/fleet"),
        LoadOptions.of(Map.of("HOST", "h")));
  }

  private static Model model(String text) {
    return Objects.requireNonNull(
        ((Result.Ok<Fleet>) load("  m: {" + text + "}\n")).value().models().get("m"));
  }

  private static List<String> found(String text) {
    return ((Result.Failed<Fleet>) load("  m: {" + text + "}\n"))
        .problems().stream().map(Problem::found).toList();
  }

  @Test
  void aFileIsEnough() {
    Model model = model("source: phi.gguf");
    assertThat(model.source()).contains("/fleet/phi.gguf");
    assertThat(model.engine()).isEqualTo("llama.cpp");
    assertThat(model.cpu()).isTrue();
    assertThat(model.server()).isEmpty();
    assertThat(model.ways())
        .containsExactly(
            new Model.Variant(
                "default", Optional.of("/fleet/phi.gguf"), Optional.empty(), Optional.empty()));
  }

  @Test
  void aServerKeepsWhatIsFilledInLater() {
    Model model =
        model(
            "command: 'serve --at ${model.host}:${port} --on ${HOST} ${model.source}', source:"
                + " hub/m, health: tcp, load_timeout: 2m, load_time: 8s, cards: [0, local/1],"
                + " parallel: 4");
    assertThat(model.engine()).isEqualTo("command");
    assertThat(model.source()).contains("hub/m");
    assertThat(model.cpu()).isFalse();
    assertThat(model.server().orElseThrow())
        .satisfies(
            server -> {
              assertThat(server.command())
                  .containsExactly(
                      "serve", "--at", "${model.host}:${port}", "--on", "h", "${model.source}");
              assertThat(server.health()).isEqualTo("tcp");
              assertThat(server.loadTimeout()).isEqualTo(Duration.ofMinutes(2));
            });
    assertThat(model.loadTime()).contains(Duration.ofSeconds(8));
    assertThat(model.cards()).containsExactly("0", "local/1");
  }

  @Test
  void theCommandOfAKnownServerNeedNotBeWritten() {
    assertThat(model("engine: llama-server, source: m.gguf").server().orElseThrow().command())
        .startsWith("llama-server", "--model", "${model.source}");
  }

  @Test
  void variantsAreCompletedByTheModel() {
    Model model =
        model(
            "source: a.gguf, vram: 9GB, context: 2048, variants: {f16: {}, int8: {source: b.gguf,"
                + " context: 1024}, int4: c.gguf}");
    assertThat(model.ways())
        .containsExactly(
            new Model.Variant(
                "f16",
                Optional.of("/fleet/a.gguf"),
                Optional.of(new Bytes(9L << 30)),
                Optional.of(2048)),
            new Model.Variant(
                "int8", Optional.of("/fleet/b.gguf"), Optional.empty(), Optional.of(1024)),
            new Model.Variant(
                "int4", Optional.of("/fleet/c.gguf"), Optional.empty(), Optional.of(2048)));
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThat(found("engine: magic"))
        .containsExactly("the engine 'magic' of the model 'm' without a command");
    assertThat(found("command: 'serve ${prot}'")).containsExactly("${prot}, which is not known");
    assertThat(found("command: 'serve ${model.sauce}'"))
        .containsExactly("${model.sauce}, which is not known");
    assertThat(found("source: x.gguf, contxt: 3")).hasSize(1);
    assertThat(found("source: x.gguf, cards: [main/x]")).hasSize(1);
  }
}
