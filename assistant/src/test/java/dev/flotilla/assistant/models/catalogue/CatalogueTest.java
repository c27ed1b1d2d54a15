package dev.flotilla.assistant.models.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.assistant.models.pool.Card;
import dev.flotilla.assistant.models.pool.CardId;
import dev.flotilla.assistant.models.pool.Demand;
import dev.flotilla.assistant.models.pool.Entry;
import dev.flotilla.model.Bytes;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Result;
import dev.flotilla.model.manifest.LoadOptions;
import dev.flotilla.model.manifest.ManifestLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CatalogueTest {
  private static final List<Card> CARDS =
      Stream.of("pc/0", "pc/1", "pc/cpu", "far/0", "far/cpu").map(CatalogueTest::card).toList();

  @TempDir Path folder;

  private static Card card(String name) {
    String[] parts = name.split("/", 2);
    int index = parts[1].equals("cpu") ? CardId.CPU : Integer.parseInt(parts[1]);
    return new Card(
        new CardId(parts[0], index), new Bytes(24L << 30), Bytes.ZERO, Card.WaterMarks.DEFAULT);
  }

  private Map<String, Entry> entries(String models) {
    String text =
        """
        fleet: fleet
        machines: {pc: {}, far: {address: 192.0.2.7}}
        agents: {Models: {service: ModelManagerSuite, machine: pc}}
        models:
        """
            + models.indent(2);
    Result<Fleet> read =
        ManifestLoader.load(
            "fleet.yaml", text.getBytes(StandardCharsets.UTF_8), folder, LoadOptions.of(Map.of()));
    assertThat(read).as(text).isInstanceOf(Result.Ok.class);
    return new Catalogue("pc", Duration.ofMinutes(5), new Sizes(), new Learned(folder))
        .entries(((Result.Ok<Fleet>) read).value().models(), CARDS);
  }

  private static Demand.Variant variant(Map<String, Entry> entries, String model) {
    return Objects.requireNonNull(entries.get(model)).variants().getFirst();
  }

  private static List<String> places(Map<String, Entry> entries, String model) {
    return variant(entries, model).estimates().keySet().stream().map(CardId::toString).toList();
  }

  @Test
  void aModelMayBeOnlyWhereTheManifestLetsIt() {
    Map<String, Entry> entries =
        entries(
            """
            anywhere: {command: 'serve ${port}', vram: 1GB}
            machine: {command: 'serve ${port}', vram: 1GB, machines: [far]}
            index: {command: 'serve ${port}', vram: 1GB, cards: [1]}
            card: {command: 'serve ${port}', vram: 1GB, cards: [far/0]}
            fallback: {command: 'serve ${port}', vram: 1GB, machines: [pc], cpu: true}
            inside: {source: x.gguf, vram: 1GB}
            """);
    assertThat(places(entries, "anywhere")).containsExactlyInAnyOrder("pc/0", "pc/1", "far/0");
    assertThat(places(entries, "machine")).containsExactly("far/0");
    assertThat(places(entries, "index")).containsExactly("pc/1");
    assertThat(places(entries, "card")).containsExactly("far/0");
    assertThat(places(entries, "fallback")).containsExactlyInAnyOrder("pc/0", "pc/1", "pc/cpu");
    assertThat(places(entries, "inside")).as("where the service is").containsExactly("pc/cpu");
  }

  @Test
  void anOnnxModelIsEstimatedByItsSize() throws Exception {
    Files.write(folder.resolve("m.onnx"), new byte[3 << 20]);
    Map<String, Entry> entries = entries("m: {kind: embedding, engine: onnx, source: m.onnx}");
    assertThat(variant(entries, "m").estimates().values())
        .singleElement()
        .satisfies(e -> assertThat(e.total().count()).isBetween(3L << 20, 400L << 20));
  }

  @Test
  void whatCannotBeEstimatedSaysWhyAndWhatToWrite() {
    Map<String, Entry> entries = entries("m: {command: 'serve ${port}', source: large-v3}");
    assertThat(Objects.requireNonNull(entries.get("m")).trouble())
        .isEqualTo(
            "m cannot be estimated: nothing is known of the size of large-v3; write vram: in the"
                + " manifest");
  }
}
