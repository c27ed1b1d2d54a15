package dev.flotilla.bench.cache;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Two questions, written by hand, and whether the answer to one is the answer to the other.
 *
 * @param same whether it is
 */
record Pair(boolean same, String first, String second) {

  /** Reads a file beside this class: {@code same|different}, tab, question, tab, question. */
  static List<Pair> read(String file) throws IOException {
    try (InputStream in = Pair.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IOException(file + " is not beside the benchmark");
      }
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .lines()
          .map(line -> line.split("\t"))
          .map(parts -> new Pair(parts[0].equals("same"), parts[1], parts[2]))
          .toList();
    }
  }
}
