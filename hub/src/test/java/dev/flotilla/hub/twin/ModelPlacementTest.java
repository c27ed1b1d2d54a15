package dev.flotilla.hub.twin;

import static dev.flotilla.kernel.testing.TestFleet.gibibytes;
import static dev.flotilla.kernel.testing.TestFleet.plain;
import static dev.flotilla.kernel.testing.TestFleet.withEnvironment;
import static dev.flotilla.kernel.testing.TestFleet.withVram;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.kernel.testing.TestFleet;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Machine;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ModelPlacementTest {
  @Test
  void showsTheArithmeticWhenItFits() {
    Fleet fleet =
        new TestFleet()
            .machine("pc1", "127.0.0.1", 24)
            .model("chat", 13, true)
            .add(withVram(plain("vision", 1), 4))
            .build();
    ModelPlacement placed = place(fleet, "pc1", OptionalInt.of(0), "tts", 5);
    assertThat(placed.fits()).isTrue();
    assertThat(placed.verdict())
        .isEqualTo(
            "model tts fits on GPU 0 of pc1 (Card 0): 24 GiB − 13 GiB (model chat) − 4 GiB (agent"
                + " vision) − 5 GiB (model tts) = 2 GiB free");
  }

  @Test
  void namesWhatIsMissingAndWhatWouldLoseItsPlace() {
    Fleet fleet =
        new TestFleet()
            .machine("pc1", "127.0.0.1", 12)
            .model("chat", 7, true)
            .add(withVram(plain("vision", 1), 4))
            .build();
    ModelPlacement placed = place(fleet, "pc1", OptionalInt.of(0), "big", 8);
    assertThat(placed.fits()).isFalse();
    assertThat(placed.verdict()).contains("8 GiB asked", "= 1 GiB free", "7 GiB missing");
    assertThat(placed.noLongerFits())
        .containsExactly(new ModelPlacement.Item("model chat", gibibytes(7)));
  }

  @Test
  void movesOthersToAnotherCardWhenThatMakesRoom() {
    Fleet fleet =
        new TestFleet().machine("pc1", "127.0.0.1", 12, 12).model("chat", 7, true).build();
    ModelPlacement placed = place(fleet, "pc1", OptionalInt.of(0), "big", 10);
    assertThat(placed.fits()).isTrue();
    assertThat(placed.moves()).containsExactly(new ModelPlacement.Item("model chat", gibibytes(7)));
    assertThat(placed.verdict()).endsWith("once model chat (7 GiB) moves to another card");
  }

  @Test
  void neverMovesWhatIsBoundToItsCard() {
    Fleet fleet =
        new TestFleet()
            .machine("pc1", "127.0.0.1", 12, 12)
            .add(
                withEnvironment(
                    withVram(plain("vision", 1), 7), Map.of("CUDA_VISIBLE_DEVICES", "0")))
            .build();
    ModelPlacement placed = place(fleet, "pc1", OptionalInt.of(0), "big", 10);
    assertThat(placed.fits()).isFalse();
    assertThat(placed.noLongerFits())
        .containsExactly(new ModelPlacement.Item("agent vision", gibibytes(7)));
    assertThat(place(fleet, "pc1", OptionalInt.empty(), "big", 10).verdict())
        .contains("fits on GPU 1");
  }

  @Test
  void namesModelsThatCouldNoLongerBeLoadedOnDemand() {
    Fleet fleet =
        new TestFleet()
            .machine("pc1", "127.0.0.1", 24)
            .model("rare", 16, false)
            .model("small", 2, false)
            .build();
    ModelPlacement placed = place(fleet, "pc1", OptionalInt.empty(), "tts", 10);
    assertThat(placed.fits()).isTrue();
    assertThat(placed.noLongerLoadable())
        .containsExactly(new ModelPlacement.Item("model rare", gibibytes(16)));
  }

  @Test
  void refusesWhatIsLargerThanAnyCardAndACardThatIsNotThere() {
    Fleet fleet =
        new TestFleet().machine("pc1", "127.0.0.1", 12).machine("pc2", "10.0.0.2").build();
    assertThat(place(fleet, "pc1", OptionalInt.empty(), "huge", 40).verdict())
        .contains("28 GiB missing");
    assertThat(place(fleet, "pc1", OptionalInt.of(3), "x", 1).verdict()).contains("no such card");
    assertThat(place(fleet, "pc2", OptionalInt.empty(), "x", 1).verdict()).contains("no such card");
  }

  private static ModelPlacement place(
      Fleet fleet, String machine, OptionalInt card, String model, int size) {
    Machine on =
        fleet.machines().values().stream()
            .filter(m -> m.name().equals(machine))
            .findFirst()
            .orElseThrow();
    return ModelPlacement.of(fleet, on, card, model, gibibytes(size));
  }
}
