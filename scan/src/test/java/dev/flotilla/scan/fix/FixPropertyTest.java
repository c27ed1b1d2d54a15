package dev.flotilla.scan.fix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.scan.Scan;
import dev.flotilla.scan.ScanRequest;
import dev.flotilla.scan.python.PythonSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Of programs made at random: what is mended parses, says the same outside of what was mended, and
 * is not mended twice.
 */
class FixPropertyTest {
  private static final List<String> SIMPLE =
      List.of(
          "x = int(text)",
          "data = json.loads(text)",
          "self.s.bind('tcp://*:5555')",
          "self.s.connect(f\"tcp://{host}:6001\")",
          "url = \"http://10.0.0.7:8080/x\"  # there",
          "print(f'{x!r:>5} and {{y}}')",
          "value = d['k']; other = \"\"\"tcp://192.168.0.1:5555\n  more\"\"\"",
          "await_me = [i for i in range(3) if open('f')]",
          "return None",
          "\"\"\"192.168.1.1\"\"\"",
          "# except Exception:",
          "pass");

  @TempDir Path root;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void staysTheSameProgram(int seed) throws Exception {
    Random random = new Random(seed);
    for (int i = 0; i < 25; i++) {
      String body = block(random, 1, "    ");
      String end = random.nextInt(4) == 0 ? "\r\n" : "\n";
      String text = "import json\nimport zmq\n\n\ndef f(self, text, host, d):\n" + body;
      Files.writeString(root.resolve("p" + i + ".py"), text.replace("\n", end));
    }

    List<Change> changes = plan();

    assertThat(changes).hasSizeGreaterThan(10);
    for (Change change : changes) {
      if (change instanceof Change.Edit edit) {
        PythonSource after = SourceText.parse(edit.after());
        assertThat(after.problem()).isEmpty();
        assertThat(Outline.of(after)).isEqualTo(Outline.of(SourceText.parse(edit.before())));
        Files.writeString(root.resolve(edit.path()), edit.after());
      } else if (change instanceof Change.Create create) {
        Files.createDirectories(root.resolve(create.path()).getParent());
        Files.writeString(root.resolve(create.path()), create.text());
      }
    }
    assertThat(plan()).isEmpty();
  }

  private List<Change> plan() throws Exception {
    FixRequest request =
        new FixRequest(EnumSet.of(Fix.EXCEPTS, Fix.PORTS), Map.of(), Optional.empty());
    return Fixer.plan(root, Scan.run(ScanRequest.of(root)), request, _ -> true).changes();
  }

  private static String block(Random random, int depth, String indent) {
    StringBuilder text = new StringBuilder();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      int kind = depth > 3 ? 9 : random.nextInt(10);
      if (kind < 4) {
        String type = List.of("", " Exception", " Exception as e", " (Exception)").get(kind);
        text.append(indent).append("try:").append(random.nextBoolean() ? "  # go" : "");
        text.append('\n').append(block(random, depth + 1, indent + "    "));
        text.append(indent).append("except").append(type).append(":\n");
        text.append(block(random, depth + 1, indent + "  "));
        text.append(indent).append("  ").append(kind == 2 ? "print(e)\n" : "pass\n");
      } else if (kind == 4) {
        text.append(indent).append("for i in d:\n").append(block(random, depth + 1, indent + "\t"));
        text.append(indent).append("\tcontinue\n");
      } else {
        text.append(indent).append(SIMPLE.get(random.nextInt(SIMPLE.size()))).append('\n');
      }
    }
    return text.append(indent).append("pass\n").toString();
  }
}
