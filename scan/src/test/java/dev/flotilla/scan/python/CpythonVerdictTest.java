package dev.flotilla.scan.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verdict of CPython 3.11 itself on 3,000 single edits of its own library. */
@Tag("external")
class CpythonVerdictTest {
  private static final int MUTANTS = 3000;
  private static final String JUDGE =
      """
      import ast, sys, warnings
      warnings.simplefilter("ignore")
      for name in open(sys.argv[1], encoding="utf-8").read().split("\\n"):
          try:
              ast.parse(open(name, "rb").read())
              print("yes")
          except (SyntaxError, ValueError) as e:
              print("no")
      """;

  private static final List<String> PREFIXES = List.of("f", "f", "rf", "F", "fr");
  private static final List<String> QUOTES = List.of("\"", "'", "\"\"\"", "'''");
  private static final List<String> PARTS =
      List.of(
          "{",
          "}",
          "{{",
          "}}",
          "a",
          "\"",
          "'",
          "\\n",
          "\\",
          "#",
          ":",
          "!r",
          "=",
          "[",
          "]",
          "(",
          ")",
          "{x}",
          "{x!r}",
          "{x:>{w}}",
          "{x:{y:{z}}}",
          "{d['k']}",
          "{d[\"k\"]}",
          " ",
          "\n",
          "f\"",
          "f'",
          "\"\"\"",
          "'''",
          "\\N{EM DASH}",
          "!=",
          ">=",
          ":=",
          "{x = }",
          "{\"a\"}",
          "\\{",
          "{f\"{x}\"}",
          "{f'{x}'}",
          "{x,}",
          "{*a}",
          "{*a,}",
          "{{}}",
          "{ {1:2}[1] }");

  @TempDir Path folder;

  @Test
  void agreesOnEveryMutant() throws Exception {
    List<Path> library = library();
    Random random = new Random(20261120);
    List<Path> files = new ArrayList<>();
    while (files.size() < MUTANTS) {
      Path original = library.get(random.nextInt(library.size()));
      byte[] bytes = Files.readAllBytes(original);
      Path file = folder.resolve("m" + files.size() + ".py");
      Files.write(file, mutated(bytes, random));
      files.add(file);
    }
    List<String> verdicts = judge(files);

    List<String> differences = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      boolean accepted = PythonSource.parse(Files.readAllBytes(files.get(i))).problem().isEmpty();
      String verdict = verdicts.get(i);
      if (accepted != verdict.equals("yes")) {
        differences.add(i + ": CPython " + verdict + ", here " + accepted);
      }
    }
    assertThat(differences).isEmpty();
  }

  @Test
  void agreesOnEveryFormatString() throws Exception {
    library();
    Random random = new Random(20261121);
    List<Path> files = new ArrayList<>();
    while (files.size() < MUTANTS) {
      StringBuilder code = new StringBuilder("x = ").append(any(PREFIXES, random));
      String quote = any(QUOTES, random);
      code.append(quote);
      for (int i = random.nextInt(5); i >= 0; i--) {
        code.append(any(PARTS, random));
      }
      Path file = folder.resolve("f" + files.size() + ".py");
      Files.writeString(file, code.append(quote).append('\n'));
      files.add(file);
    }
    List<String> verdicts = judge(files);

    List<String> differences = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      String code = Files.readString(files.get(i));
      if (PythonSource.parse(code).problem().isEmpty() != verdicts.get(i).equals("yes")) {
        differences.add("CPython " + verdicts.get(i) + ": " + code);
      }
    }
    assertThat(verdicts).contains("yes", "no");
    assertThat(differences).isEmpty();
  }

  private static String any(List<String> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }

  private static byte[] mutated(byte[] bytes, Random random) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    int at = random.nextInt(text.length());
    String signs = "()[]{}:,='\"\n .#\\+x1";
    String sign = String.valueOf(signs.charAt(random.nextInt(signs.length())));
    String changed =
        switch (random.nextInt(3)) {
          case 0 -> text.substring(0, at) + text.substring(at + 1);
          case 1 -> text.substring(0, at) + sign + text.substring(at);
          default -> text.substring(0, at) + sign + text.substring(at + 1);
        };
    return changed.getBytes(StandardCharsets.UTF_8);
  }

  private static List<Path> library() throws IOException, InterruptedException {
    String version = run("import sys; print('%d.%d' % sys.version_info[:2])");
    assumeTrue(version.strip().equals("3.11"), "python3 is not 3.11");
    Path home = Path.of(run("import sysconfig; print(sysconfig.get_path('stdlib'))").strip());
    try (Stream<Path> files = Files.list(home)) {
      return files
          .filter(f -> f.toString().endsWith(".py") && f.toFile().length() < 9000)
          .filter(f -> f.toFile().length() > 500)
          .sorted()
          .toList();
    }
  }

  private List<String> judge(List<Path> files) throws IOException, InterruptedException {
    Path list = folder.resolve("list");
    Files.writeString(list, String.join("\n", files.stream().map(Path::toString).toList()));
    return run(JUDGE, list.toString()).lines().toList();
  }

  private static String run(String code, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("python3", "-c", code));
    command.addAll(List.of(arguments));
    Process process;
    try {
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    } catch (IOException e) {
      assumeTrue(false, "there is no python3");
      throw e;
    }
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return text;
  }
}
