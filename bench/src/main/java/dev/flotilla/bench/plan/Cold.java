package dev.flotilla.bench.plan;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * One command started afresh several times; the first does not count, unless it is the only one.
 *
 * @param wall median, seconds
 * @param cpu median of user and system time of it and its children, seconds
 * @param megabytes largest resident set of all runs
 * @param failed how many runs did not exit with 0
 */
record Cold(String name, double wall, double cpu, double megabytes, int failed) {

  static Cold of(String name, Path folder, int runs, List<String> command)
      throws IOException, InterruptedException {
    List<Double> walls = new ArrayList<>();
    List<Double> cpus = new ArrayList<>();
    double most = 0;
    int failed = 0;
    for (int i = 0; i <= runs; i++) {
      List<String> timed = new ArrayList<>(List.of("/usr/bin/time", "-q", "-f", "T %e %U %S %M"));
      String number = Integer.toString(i);
      command.forEach(word -> timed.add(word.replace("{i}", number)));
      long start = System.nanoTime();
      Process process =
          new ProcessBuilder(timed)
              .directory(folder.toFile())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      String words =
          new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      int exit = process.waitFor();
      double wall = (System.nanoTime() - start) / 1e9;
      if (i == 0 && runs > 0) {
        continue;
      }
      String[] figures = words.substring(words.lastIndexOf("T ") + 2).split(" ");
      walls.add(wall);
      cpus.add(Double.parseDouble(figures[1]) + Double.parseDouble(figures[2]));
      most = Math.max(most, Double.parseDouble(figures[3]) / 1024);
      failed += exit == 0 ? 0 : 1;
    }
    return new Cold(name, median(walls), median(cpus), most, failed);
  }

  private static double median(List<Double> values) {
    Collections.sort(values);
    return values.get(values.size() / 2);
  }

  String row() {
    return String.format(
        Locale.ROOT,
        "| %s | %.0f ms | %.2f s | %.0f MB | %d |",
        name,
        wall * 1000,
        cpu,
        megabytes,
        failed);
  }
}
