package dev.flotilla.bench.scan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The scan as an owner starts it, with a state folder of its own. */
final class Scanned {
  private final String launcher;
  private final Path output;
  private final Map<String, String> environment;

  Scanned(Path launcher, Path home) throws IOException {
    this.launcher = launcher.toString();
    output = home.resolve("scan.out");
    delete(home.resolve("state"));
    environment = Map.of("FLOTILLA_HOME", home.resolve("state").toString());
  }

  /** What the last one printed. */
  Path output() {
    return output;
  }

  /** One scan with its report as JSON. */
  Measured run(String what, Path root, String... options) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("--report", "json"));
    all.addAll(List.of(options));
    return plain(what, root, all);
  }

  /** One scan with these options. */
  Measured plain(String what, Path root, List<String> options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher, "scan", root.toString()));
    command.addAll(options);
    Measured measured = Measured.run(root, output, environment, command);
    if (measured.status() != 0) {
      String said = Files.readString(Path.of(output + ".err"));
      throw new IOException("the scan ended with " + measured.status() + ": " + said);
    }
    System.out.printf(
        "%s: %.2f s, %.2f CPU s, %.0f MiB%n",
        what, measured.wall(), measured.cpu(), measured.rss());
    return measured;
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
