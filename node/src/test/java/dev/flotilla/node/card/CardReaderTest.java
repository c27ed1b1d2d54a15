package dev.flotilla.node.card;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.Bytes;
import dev.flotilla.model.Gpu;
import dev.flotilla.model.MachineCards;
import dev.flotilla.node.process.ProcessTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CardReaderTest {
  @TempDir Path folder;

  private CardReader reader(String library) {
    return new CardReader(library, folder.toString(), new ProcessTable());
  }

  @Test
  void withoutADriverCardsAreAsTheManifestHasThem() {
    MachineCards cards =
        reader("libnvidia-ml-missing.so.1")
            .read("pc", List.of(new Gpu(0, "RTX 4090", new Bytes(24L << 30))));
    assertThat(cards.driver())
        .isEqualTo("no NVIDIA driver: the library libnvidia-ml-missing.so.1 cannot be loaded");
    assertThat(cards.cards())
        .singleElement()
        .satisfies(
            card -> {
              assertThat(card.total()).isEqualTo(new Bytes(24L << 30));
              assertThat(card.used()).isEmpty();
            });
    assertThat(cards.memory().count()).isGreaterThan(cards.free().count());
    assertThat(cards.free().count()).isPositive();
  }

  @Test
  void withoutAnyCardThereIsNone() {
    assertThat(reader("libnvidia-ml-missing.so.1").read("pc", List.of()).cards()).isEmpty();
  }

  @Test
  @Tag("external")
  void readsWhatTheDriverTells() throws Exception {
    MachineCards cards = reader(NvmlStub.compile(folder).toString()).read("pc", List.of());
    assertThat(cards.driver()).isEqualTo("NVML stub-1.0");
    assertThat(cards.cards())
        .containsExactly(
            new MachineCards.Card(
                0,
                "Stub-24",
                new Bytes(24L << 30),
                Optional.of(Bytes.ZERO),
                Optional.of(10),
                Optional.of(List.of())),
            new MachineCards.Card(
                1,
                "Stub-12",
                new Bytes(12L << 30),
                Optional.of(Bytes.ZERO),
                Optional.of(11),
                Optional.of(List.of())));
  }
}
