package dev.flotilla.bench.scan;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Scans a corpus cold, unchanged and with one file changed, beside the peers on the same files.
 *
 * <p>Arguments: the launcher, the corpus, the report to write, a folder for the peers and copies
 * (kept), how often the corpus is multiplied for growth.
 */
public final class ScanBench {
  private final String launcher;
  private final Path corpus;
  private final Path work;
  private final Map<String, String> environment;
  private final Map<String, Measured> ours = new LinkedHashMap<>();

  private ScanBench(Path launcher, Path corpus, Path work) {
    this.launcher = launcher.toString();
    this.corpus = corpus;
    this.work = work;
    environment = Map.of("FLOTILLA_HOME", work.resolve("state").toString());
  }

  /**
   * A peer's share of the report.
   *
   * @param findings how much it found
   */
  record Row(String name, String version, String what, Measured cost, int findings) {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Locale.setDefault(Locale.ROOT);
    Path work = Files.createDirectories(Path.of(args[3]).toAbsolutePath());
    Path corpus = Path.of(args[1]).toRealPath();
    ScanBench bench = new ScanBench(Path.of(args[0]).toAbsolutePath(), corpus, work);
    List<String> files = bench.files();
    Path plain = bench.plain(files);
    Peers peers = Peers.in(work);
    bench.scan("a scan before, not counted", corpus, "--no-cache");
    Measured cold = bench.scan("cold, everything read", corpus, "--no-cache");
    JsonNode scan = Peers.json(bench.output());
    bench.again();
    Determinism determinism = Determinism.of(bench, corpus);
    List<Row> rows = new ArrayList<>();
    for (Peers.Peer peer : peers.all(files)) {
      Path output = work.resolve(peer.name() + ".out");
      Measured cost = Measured.run(plain, output, peer.environment(), peer.command());
      int findings = peers.findings(peer.name(), output);
      rows.add(new Row(peer.name(), peers.version(peer.name()), peer.what(), cost, findings));
      System.out.printf("%s: %.1f CPU s%n", peer.name(), cost.cpu());
    }
    TreeSet<String> broken = new TreeSet<>();
    for (JsonNode row : scan.path("findings")) {
      if (row.path("name").asText().equals("syntax-error")
          && row.path("file").asText().endsWith(".py")) {
        broken.add(row.path("file").asText());
      }
    }
    Path excepts = work.resolve("excepts.out");
    Measured.run(plain, excepts, Map.of(), peers.ruff("E722,BLE001", files).command());
    JsonNode ruff = Peers.json(excepts);
    List<Accuracy.Compared> accuracy =
        List.of(
            Accuracy.verdicts(plain, files, broken),
            Accuracy.ruff("E722", "FLT101", ruff, scan, broken, plain),
            Accuracy.ruff("BLE001", "FLT102", ruff, scan, broken, plain),
            Accuracy.headers(plain, broken));
    String version = Measured.output(corpus, List.of(bench.launcher, "--version")).strip();
    Map<Integer, Measured> growth = new LinkedHashMap<>();
    Path grown = Files.createTempDirectory(work, "grown");
    ScanReport.Facts facts =
        new ScanReport.Facts(
            files.size(), version, cold, bench.ours, scan, rows, accuracy, growth, determinism);
    for (int goal : List.of(0, 1, 2, 5, 10)) {
      if (goal > 0 && goal <= Integer.parseInt(args[4])) {
        growth.put(files.size() * goal, bench.grown(files, grown, goal));
      }
      Files.writeString(Path.of(args[2]), ScanReport.of(facts));
    }
  }

  /** The Python files the scan reads, relative to the corpus. */
  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(corpus)) {
      return all.filter(f -> f.toString().endsWith(".py") && Files.isRegularFile(f))
          .map(f -> corpus.relativize(f).toString())
          .filter(f -> !f.startsWith(".git/"))
          .sorted()
          .toList();
    }
  }

  /** The Python files alone in a folder, so that every peer reads the same. */
  private Path plain(List<String> files) throws IOException {
    Path plain = work.resolve("files");
    copy(files, plain);
    return plain.toRealPath();
  }

  private void copy(List<String> files, Path to) throws IOException {
    for (String file : files) {
      Path target = to.resolve(file);
      Files.createDirectories(target.getParent());
      Files.copy(corpus.resolve(file), target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  Path output() {
    return work.resolve("scan.json");
  }

  /** Scans and notes what it cost. */
  Measured scan(String what, Path root, String... options)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(launcher, "scan", root.toString(), "--report", "json"));
    command.addAll(List.of(options));
    Measured measured = Measured.run(root, output(), environment, command);
    if (measured.status() != 0) {
      throw new IOException(
          "the scan ended with "
              + measured.status()
              + ": "
              + Files.readString(Path.of(output() + ".err")));
    }
    ours.put(what, measured);
    System.out.printf(
        "%s: %.2f s, %.2f CPU s, %.0f MiB%n",
        what, measured.wall(), measured.cpu(), measured.rss());
    return measured;
  }

  /** The second run of an owner: nothing changed, then one file. */
  private void again() throws IOException, InterruptedException {
    Path copy = work.resolve("copy");
    try (Stream<Path> all = Files.walk(corpus)) {
      all.filter(Files::isRegularFile)
          .filter(f -> !corpus.relativize(f).startsWith(".git"))
          .forEach(f -> put(f, copy));
    }
    scan("cold, with the cache written", copy);
    Thread.sleep(2500);
    scan("a second run, not counted", copy);
    scan("unchanged second run", copy);
    Path largest = largest(copy);
    Files.writeString(largest, "\n# changed\n", StandardOpenOption.APPEND);
    scan("one file changed (the largest)", copy);
  }

  private void put(Path file, Path copy) {
    try {
      Path target = copy.resolve(corpus.relativize(file).toString());
      Files.createDirectories(target.getParent());
      Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path largest(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(f -> f.toString().endsWith(".py"))
          .max((a, b) -> Long.compare(a.toFile().length(), b.toFile().length()))
          .orElseThrow();
    }
  }

  /** What so many copies of the Python files cost. */
  private Measured grown(List<String> files, Path grown, int copies)
      throws IOException, InterruptedException {
    for (int i = 0; i < copies; i++) {
      Path part = grown.resolve("part" + i);
      if (!Files.exists(part)) {
        copy(files, part);
      }
    }
    return scan(copies + " times the Python files", grown, "--no-cache");
  }
}
