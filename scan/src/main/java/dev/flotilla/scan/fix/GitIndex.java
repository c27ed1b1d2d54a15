package dev.flotilla.scan.fix;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Does to git's index what {@code git mv} does, for any number of files at once. */
final class GitIndex {
  private GitIndex() {}

  /** Tells git of files that were moved; does nothing where there is no git. */
  static void move(Path root, List<Change.Move> moves) throws IOException, InterruptedException {
    if (moves.isEmpty()) {
      return;
    }
    Map<String, String> staged = new HashMap<>();
    for (String line : git(root, "", "ls-files", "--stage", "-z").split("\0", -1)) {
      int tab = line.indexOf('\t');
      if (tab > 0) {
        staged.put(line.substring(tab + 1), line.substring(0, tab));
      }
    }
    String prefix = git(root, "", "rev-parse", "--show-prefix").strip();
    StringBuilder input = new StringBuilder();
    for (Change.Move move : moves) {
      String entry = staged.get(move.path());
      if (entry != null && entry.endsWith(" 0")) {
        input.append("0 0000000000000000000000000000000000000000\t");
        input.append(prefix).append(move.path()).append('\0');
        input.append(entry).append('\t').append(prefix).append(move.to()).append('\0');
      }
    }
    if (!input.isEmpty()) {
      git(root, input.toString(), "update-index", "-z", "--index-info");
    }
  }

  private static String git(Path root, String input, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("flotilla-git", ".out");
    try {
      Process process;
      try {
        process =
            new ProcessBuilder(command)
                .directory(root.toFile())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
      } catch (IOException e) {
        return "";
      }
      try (OutputStream out = process.getOutputStream()) {
        out.write(input.getBytes(StandardCharsets.UTF_8));
      }
      return process.waitFor() == 0 ? Files.readString(output) : "";
    } finally {
      Files.delete(output);
    }
  }
}
