package dev.flotilla.bench.plan;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Twenty cold commands of a tool that write to one task at the same moment. */
final class Fight {
  private static final int WRITERS = 20;

  private Fight() {}

  static String row(Tool tool, Path folder) throws IOException, InterruptedException {
    long start = System.nanoTime();
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      processes.add(
          new ProcessBuilder(tool.command(tool.write().replace("{w}", word(i))))
              .directory(folder.toFile())
              .redirectInput(new java.io.File("/dev/null"))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start());
    }
    List<String> acknowledged = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      if (processes.get(i).waitFor() == 0) {
        acknowledged.add(word(i));
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    String text = tool.kept().text(folder);
    long lost = acknowledged.stream().filter(word -> !text.contains(word)).count();
    return String.format(
        Locale.ROOT,
        "| %s | %d of %d | %d | %.1f s |",
        tool.name(),
        acknowledged.size(),
        WRITERS,
        lost,
        seconds);
  }

  private static String word(int writer) {
    return "writer-" + (char) ('a' + writer) + "-wrote";
  }
}
