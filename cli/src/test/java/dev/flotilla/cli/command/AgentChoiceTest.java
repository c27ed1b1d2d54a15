package dev.flotilla.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.model.AgentId;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AgentChoiceTest {
  private static final AgentId TWIN = new AgentId("SystemDigitalTwin", "main");
  private static final AgentId MEMORY_MAIN = new AgentId("Memory", "main");
  private static final AgentId MEMORY_PC2 = new AgentId("Memory", "pc2");
  private static final List<AgentId> KNOWN = List.of(TWIN, MEMORY_MAIN, MEMORY_PC2);

  @Test
  void aBareNameOrOneWithItsMachineIsUnderstood() {
    assertThat(AgentChoice.of(List.of("SystemDigitalTwin", "Memory@pc2"), KNOWN))
        .containsExactly(TWIN, MEMORY_PC2);
  }

  @Test
  void aSlipSuggestsTheNearest() {
    assertThatThrownBy(() -> AgentChoice.one("SystemDigitalTwim", KNOWN))
        .isInstanceOfSatisfying(
            CommandFailure.class,
            failure -> {
              assertThat(failure.exitCode()).isEqualTo(2);
              assertThat(failure.problems().getFirst().advice())
                  .isEqualTo("Did you mean SystemDigitalTwin?");
            });
  }

  @Test
  void aNameOnTwoMachinesAsksWhich() {
    assertThatThrownBy(() -> AgentChoice.one("Memory", KNOWN))
        .isInstanceOfSatisfying(
            CommandFailure.class,
            failure ->
                assertThat(failure.problems().getFirst().expected())
                    .isEqualTo("one of Memory@main, Memory@pc2"));
  }
}
