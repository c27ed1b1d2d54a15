package dev.flotilla.bench.scan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.scan.python.Handler;
import dev.flotilla.scan.python.PythonSource;
import dev.flotilla.scan.python.Walker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The scan's verdicts and findings beside those of CPython, ruff and a plain pattern. */
final class Accuracy {
  private static final Pattern HEADER = Pattern.compile("^\\s*except\\b[^:]*:");

  private Accuracy() {}

  /**
   * Two answers to one question.
   *
   * @param least the share that must be equal, 0 to 1
   * @param peer how many the peer has
   * @param both of them how many we have too
   * @param onlyPeer what only the peer has
   * @param onlyOurs what only we have
   */
  record Compared(
      String what, double least, int peer, int both, List<String> onlyPeer, List<String> onlyOurs) {

    /** The bar in words. */
    String must() {
      return least == 1 ? "all equal" : "≥ %.1f %%".formatted(least * 100);
    }

    /** Whether so many of theirs are found, and so many of ours are theirs. */
    boolean holds() {
      return both >= least * peer && both >= least * (both + onlyOurs.size());
    }
  }

  private static Compared compare(String what, double least, Set<String> peer, Set<String> ours) {
    TreeSet<String> onlyPeer = new TreeSet<>(peer);
    onlyPeer.removeAll(ours);
    TreeSet<String> onlyOurs = new TreeSet<>(ours);
    onlyOurs.removeAll(peer);
    return new Compared(
        what,
        least,
        peer.size(),
        peer.size() - onlyPeer.size(),
        List.copyOf(onlyPeer),
        List.copyOf(onlyOurs));
  }

  /** The files that CPython accepts, and those that we do. */
  static Compared verdicts(List<String> files, List<String> verdicts, Set<String> broken) {
    TreeSet<String> accepted = new TreeSet<>();
    TreeSet<String> ours = new TreeSet<>();
    for (int i = 0; i < files.size(); i++) {
      if (verdicts.get(i).equals("yes")) {
        accepted.add(files.get(i));
      }
      if (!broken.contains(files.get(i))) {
        ours.add(files.get(i));
      }
    }
    return compare("files CPython 3.11 accepts", 1, accepted, ours);
  }

  /** One of ruff's rules in files that parse. */
  static Compared ruff(
      String code, String ours, JsonNode ruff, JsonNode scan, Set<String> broken, Path root) {
    TreeSet<String> peer = new TreeSet<>();
    for (JsonNode row : ruff) {
      if (row.path("code").asText().equals(code)) {
        String file = root.relativize(Path.of(row.path("filename").asText())).toString();
        if (!broken.contains(file)) {
          peer.add(file + ":" + row.path("location").path("row").asInt());
        }
      }
    }
    TreeSet<String> found = new TreeSet<>();
    for (JsonNode row : scan.path("findings")) {
      String file = row.path("file").asText();
      if (row.path("rule").asText().equals(ours)
          && file.endsWith(".py")
          && !broken.contains(file)) {
        found.add(file + ":" + row.path("line").asInt());
      }
    }
    return compare("ruff " + code, 0.995, peer, found);
  }

  /** Lines of broken files that look like the header of an except. */
  static Compared headers(Path root, Set<String> broken) throws IOException, InterruptedException {
    TreeSet<String> peer = new TreeSet<>();
    TreeSet<String> ours = new TreeSet<>();
    for (String file : broken) {
      byte[] bytes = Files.readAllBytes(root.resolve(file));
      List<String> lines =
          new String(bytes, StandardCharsets.ISO_8859_1).replace("\r\n", "\n").lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        if (HEADER.matcher(lines.get(i)).find()) {
          peer.add(file + ":" + (i + 1));
        }
      }
      handlers(bytes).forEach(line -> ours.add(file + ":" + line));
    }
    ours.retainAll(peer);
    return compare("lines like an except header in broken files", 0.99, peer, ours);
  }

  private static List<Integer> handlers(byte[] bytes) throws InterruptedException {
    List<Integer> result = new ArrayList<>();
    Deep.run(
        () ->
            new Walker() {
              @Override
              protected void visit(Handler handler) {
                result.add(handler.span().line());
                super.visit(handler);
              }
            }.walk(PythonSource.parse(bytes).body()));
    return result;
  }
}
