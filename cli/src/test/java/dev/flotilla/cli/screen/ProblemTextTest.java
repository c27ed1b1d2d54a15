package dev.flotilla.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.Position;
import dev.flotilla.model.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProblemTextTest {
  @TempDir Path directory = Path.of("");

  @Test
  void showsTheLineWithACaretUnderTheColumn() throws Exception {
    Files.writeString(directory.resolve("fleet.yaml"), "name: x\nagents:\n  a:\n    prot: 1\n");
    ProblemText text = new ProblemText(new Excerpt(directory), false);
    Problem problem =
        Problem.error(
            new Position("fleet.yaml", 4, 5), "the key prot", "port", "Write port instead.");
    assertThat(text.lines(problem))
        .containsExactly(
            "error: the key prot",
            "  at fleet.yaml:4:5",
            "   |",
            " 4 |     prot: 1",
            "   |     ^",
            "  expected: port",
            "  to do:    Write port instead.");
  }

  @Test
  void aPlaceBeyondTheFileHasNoExcerpt() {
    ProblemText text = new ProblemText(new Excerpt(directory), false);
    assertThat(
            text.lines(
                Problem.warning(new Position("gone.yaml", 9, 1), "found", "expected", "advice")))
        .containsExactly(
            "warning: found", "  at gone.yaml:9:1", "  expected: expected", "  to do:    advice");
  }
}
