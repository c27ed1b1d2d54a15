package dev.flotilla.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ArgumentsTest {
  @Test
  void afterLogsTheLetterFollows() {
    assertThat(Arguments.settle("logs", "-f", "Translator"))
        .containsExactly("logs", "--follow", "Translator");
    assertThat(Arguments.settle("-f", "x.yaml", "logs", "-f"))
        .containsExactly("-f", "x.yaml", "logs", "--follow");
  }

  @Test
  void beforeAYamlFileItNamesTheManifest() {
    assertThat(Arguments.settle("logs", "-f", "x.yaml", "-f", "a"))
        .containsExactly("logs", "-f", "x.yaml", "--follow", "a");
  }

  @Test
  void elsewhereItAlwaysNamesTheManifest() {
    assertThat(Arguments.settle("up", "-f", "logs")).containsExactly("up", "-f", "logs");
    assertThat(Arguments.settle("--file", "logs", "status", "-f", "odd"))
        .containsExactly("--file", "logs", "status", "-f", "odd");
  }
}
