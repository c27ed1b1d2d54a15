package dev.flotilla.bench.scan;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Scans a corpus cold, unchanged, changed and multiplied, beside the peers on the same files. */
@Command(
    name = "ScanBench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures the scan beside its peers and writes the report.")
public final class ScanBench implements Callable<Integer> {
  @Parameters(paramLabel = "CORPUS", description = "A checkout of the repository to scan.")
  private Path corpus = Path.of("");

  @Option(names = "--report", paramLabel = "FILE", defaultValue = "bench/reports/scan.md")
  private Path report = Path.of("");

  @Option(names = "--flotilla", paramLabel = "LAUNCHER", defaultValue = "./flotilla")
  private Path launcher = Path.of("");

  @Option(
      names = "--work",
      paramLabel = "FOLDER",
      defaultValue = "target/scan-bench",
      description = "Where peers are installed, once, and copies are made.")
  private Path work = Path.of("");

  @Option(
      names = "--growth",
      split = ",",
      defaultValue = "1,3,10",
      description = "How often the corpus is copied.")
  private List<Integer> growth = List.of();

  @Option(names = "--mutants", defaultValue = "3000", description = "Files with one edit each.")
  private int mutants;

  @Option(
      names = "--peers",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Run them too.")
  private boolean peers;

  /**
   * A peer's share of the report.
   *
   * @param findings how much it found
   */
  record Row(String name, String version, String what, Measured cost, int findings) {}

  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT);
    System.exit(new CommandLine(new ScanBench()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path root = corpus.toRealPath();
    Path home = Files.createDirectories(work.toAbsolutePath());
    String before = load();
    long start = System.nanoTime();
    List<String> files = files(root);
    Path plain = home.resolve("files");
    copy(root, files, plain);
    Peers installed = Peers.in(home);
    Scanned scanned = new Scanned(launcher.toAbsolutePath(), home);
    Runs runs = Runs.of(scanned, root);
    JsonNode scan = Peers.json(scanned.output());
    Determinism determinism = Determinism.of(scanned, root);
    List<Row> rows = peers ? rows(installed, plain, files) : List.of();
    Set<String> broken = broken(scan);
    Path excepts = home.resolve("excepts.out");
    Measured.run(plain, excepts, Map.of(), installed.ruff("E722,BLE001", files).command());
    JsonNode ruff = Peers.json(excepts);
    Path real = plain.toRealPath();
    List<Accuracy.Compared> accuracy = new ArrayList<>();
    Optional<Cpython> cpython = Cpython.find();
    Optional<Cpython.Mutants> edits = Optional.empty();
    if (cpython.isPresent()) {
      accuracy.add(Accuracy.verdicts(files, cpython.get().verdicts(plain, files), broken));
      List<String> accepted = files.stream().filter(f -> !broken.contains(f)).toList();
      edits = Optional.of(cpython.get().mutants(plain, accepted, home.resolve("mutants"), mutants));
    }
    accuracy.add(Accuracy.ruff("E722", "FLT101", ruff, scan, broken, real));
    accuracy.add(Accuracy.ruff("BLE001", "FLT102", ruff, scan, broken, real));
    accuracy.add(Accuracy.headers(plain, broken));
    Sockets sockets = Sockets.of(root, files);
    Map<Integer, Measured> grown = grown(scanned, root, files, home);
    String version =
        Measured.output(root, List.of(launcher.toAbsolutePath().toString(), "--version")).strip();
    ScanReport.Facts facts =
        new ScanReport.Facts(
            files.size(),
            version,
            runs,
            scan,
            rows,
            accuracy,
            edits,
            sockets,
            grown,
            determinism,
            before,
            load(),
            (System.nanoTime() - start) / 60e9);
    Files.writeString(report, ScanReport.of(facts));
    System.out.println("Wrote " + report);
    return 0;
  }

  /** The Python files the scan reads, relative to the corpus. */
  private static List<String> files(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(f -> f.toString().endsWith(".py") && Files.isRegularFile(f))
          .map(f -> root.relativize(f).toString())
          .filter(f -> !f.startsWith(".git/"))
          .sorted()
          .toList();
    }
  }

  private static void copy(Path from, List<String> files, Path to) throws IOException {
    for (String file : files) {
      Path target = to.resolve(file);
      Files.createDirectories(target.getParent());
      Files.copy(from.resolve(file), target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static List<Row> rows(Peers installed, Path plain, List<String> files)
      throws IOException, InterruptedException {
    List<Row> rows = new ArrayList<>();
    for (Peers.Peer peer : installed.all(files)) {
      Path output = installed.home().resolve(peer.name() + ".out");
      Measured cost = Measured.run(plain, output, peer.environment(), peer.command());
      int findings = installed.findings(peer.name(), output);
      rows.add(new Row(peer.name(), installed.version(peer.name()), peer.what(), cost, findings));
      System.out.printf("%s: %.1f CPU s, %d findings%n", peer.name(), cost.cpu(), findings);
    }
    return rows;
  }

  private static Set<String> broken(JsonNode scan) {
    Set<String> broken = new TreeSet<>();
    for (JsonNode row : scan.path("findings")) {
      if (row.path("name").asText().equals("syntax-error")
          && row.path("file").asText().endsWith(".py")) {
        broken.add(row.path("file").asText());
      }
    }
    return broken;
  }

  /** What so many copies of the Python files cost. */
  private Map<Integer, Measured> grown(Scanned scanned, Path root, List<String> files, Path home)
      throws IOException, InterruptedException {
    Map<Integer, Measured> result = new TreeMap<>();
    for (int copies : growth) {
      Path folder = home.resolve("grown" + copies);
      for (int i = 0; i < copies; i++) {
        copy(root, files, folder.resolve("part" + i));
      }
      result.put(
          files.size() * copies, scanned.run(copies + " × the Python files", folder, "--no-cache"));
      Scanned.delete(folder);
    }
    return result;
  }

  private static String load() throws IOException {
    return Files.readString(Path.of("/proc/loadavg")).strip();
  }
}
