package dev.flotilla.bench.scan;

import dev.flotilla.scan.python.PythonSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * CPython 3.11, for its verdict on files.
 *
 * @param program how it is started
 */
record Cpython(String program) {
  private static final String VERSION = "import sys; print('%d.%d' % sys.version_info[:2])";
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
  private static final String SIGNS = "()[]{}:,='\"\n .#\\+x1";

  /**
   * The verdicts on files with one edit each.
   *
   * @param wrong file, CPython's verdict and ours, where they differ
   */
  record Mutants(int count, List<String> wrong) {}

  /** The one on the PATH, under its own name or as python3, or one of pyenv's. */
  static Optional<Cpython> find() throws InterruptedException, IOException {
    List<String> candidates = new ArrayList<>(List.of("python3.11", "python3"));
    Path pyenv = Path.of(System.getProperty("user.home"), ".pyenv", "versions");
    if (Files.isDirectory(pyenv)) {
      try (Stream<Path> versions = Files.list(pyenv)) {
        versions
            .filter(v -> v.getFileName().toString().startsWith("3.11"))
            .sorted()
            .forEach(v -> candidates.add(v.resolve("bin/python3").toString()));
      }
    }
    for (String candidate : candidates) {
      Path nowhere = Files.createTempDirectory("bench");
      try {
        if (Measured.output(nowhere, List.of(candidate, "-c", VERSION)).strip().equals("3.11")) {
          return Optional.of(new Cpython(candidate));
        }
      } catch (IOException e) {
        System.out.println("not CPython 3.11: " + candidate);
      }
    }
    return Optional.empty();
  }

  /** For each file {@code yes} or {@code no}. */
  List<String> verdicts(Path root, List<String> files) throws IOException, InterruptedException {
    Path list = Files.createTempFile("bench", ".list");
    try {
      Files.writeString(list, String.join("\n", files));
      return Measured.output(root, List.of(program, "-c", JUDGE, list.toString())).lines().toList();
    } finally {
      Files.delete(list);
    }
  }

  /** Edits one sign of so many files that parse, and compares the verdicts. */
  Mutants mutants(Path root, List<String> accepted, Path folder, int count)
      throws IOException, InterruptedException {
    List<String> originals =
        accepted.stream()
            .filter(f -> root.resolve(f).toFile().length() > 500)
            .filter(f -> root.resolve(f).toFile().length() < 12_000)
            .toList();
    Random random = new Random(20261121);
    Files.createDirectories(folder);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Path original = root.resolve(originals.get(random.nextInt(originals.size())));
      names.add("m" + i + ".py");
      Files.write(folder.resolve(names.getLast()), edited(Files.readAllBytes(original), random));
    }
    List<String> theirs = verdicts(folder, names);
    List<Boolean> ours = ours(folder, names);
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean accepts = theirs.get(i).equals("yes");
      if (ours.get(i) != accepts) {
        wrong.add(names.get(i) + ": CPython " + theirs.get(i) + ", here " + ours.get(i));
      }
    }
    return new Mutants(count, wrong);
  }

  private static byte[] edited(byte[] bytes, Random random) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    int at = random.nextInt(text.length());
    char sign = SIGNS.charAt(random.nextInt(SIGNS.length()));
    String changed =
        switch (random.nextInt(3)) {
          case 0 -> text.substring(0, at) + text.substring(at + 1);
          case 1 -> text.substring(0, at) + sign + text.substring(at);
          default -> text.substring(0, at) + sign + text.substring(at + 1);
        };
    return changed.getBytes(StandardCharsets.UTF_8);
  }

  private static List<Boolean> ours(Path folder, List<String> names)
      throws IOException, InterruptedException {
    List<byte[]> texts = new ArrayList<>();
    for (String name : names) {
      texts.add(Files.readAllBytes(folder.resolve(name)));
    }
    List<Boolean> result = new ArrayList<>();
    Deep.run(() -> texts.forEach(text -> result.add(PythonSource.parse(text).problem().isEmpty())));
    return result;
  }
}
