package dev.flotilla.scan.report;

import dev.flotilla.scan.rules.Finding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Names for findings that outlive changes elsewhere in the file: rule, path, symbol, words without
 * numbers, and which of several equal ones it is; never the line.
 */
public final class Fingerprints {
  private Fingerprints() {}

  /** One for each finding, in the same order; findings must be sorted. */
  public static List<String> of(List<Finding> findings) {
    Map<String, Integer> seen = new HashMap<>();
    List<String> keys = findings.parallelStream().map(Fingerprints::key).toList();
    List<String> counted = new ArrayList<>(keys.size());
    keys.forEach(key -> counted.add(key + "|" + seen.merge(key, 1, Integer::sum)));
    return counted.parallelStream().map(Fingerprints::hash).toList();
  }

  private static String key(Finding finding) {
    return finding.rule().id()
        + "|"
        + finding.file()
        + "|"
        + finding.symbol()
        + "|"
        + withoutNumbers(finding.message());
  }

  private static String withoutNumbers(String text) {
    StringBuilder result = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        result.append(c);
      }
    }
    return result.toString();
  }

  /** FNV-1a, 64 bits, in hexadecimal. */
  public static String hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return HexFormat.of().toHexDigits(hash);
  }
}
