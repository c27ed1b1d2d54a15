package dev.flotilla.scan.checks;

import dev.flotilla.scan.facts.Examples;
import dev.flotilla.scan.facts.FileFacts;
import dev.flotilla.scan.facts.Prints;
import dev.flotilla.scan.graph.Repository;
import dev.flotilla.scan.rules.Confidence;
import dev.flotilla.scan.rules.Finding;
import dev.flotilla.scan.rules.Rule;
import dev.flotilla.scan.rules.Severity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Copies: families of one agent's variants, and blocks that stand in two files. */
final class CopyChecks {
  private static final int COMMON = 12;
  private static final double ALIKE = 0.25;
  private static final Pattern VARIANT =
      Pattern.compile(
          "(?i)(?:[_.\\-](?:backup|bak|old|copy|fixed|new|orig|original|deprecated|v?\\d+|final|updated|enhanced|refactored))+$");

  private CopyChecks() {}

  static List<Finding> of(Repository repository) {
    List<Finding> findings = new ArrayList<>();
    families(repository, findings);
    blocks(repository, findings);
    return findings;
  }

  private static void families(Repository repository, List<Finding> findings) {
    Map<String, List<FileFacts>> byStem = new TreeMap<>();
    for (FileFacts file : repository.python()) {
      String stem = stem(file.path());
      if (file.prints().size() >= 8
          && !stem.equals("__init__")
          && !Repository.isTest(file.path())) {
        byStem.computeIfAbsent(stem, _ -> new ArrayList<>()).add(file);
      }
    }
    byStem.forEach(
        (stem, files) -> {
          if (files.size() > 1) {
            family(stem, files, repository, findings);
          }
        });
  }

  private static void family(
      String stem, List<FileFacts> files, Repository repository, List<Finding> findings) {
    FileFacts head =
        files.stream()
            .filter(f -> !repository.isBackup(f.path()))
            .max(
                java.util.Comparator.<FileFacts>comparingInt(FileFacts::lines)
                    .thenComparing(FileFacts::path))
            .orElse(files.getFirst());
    long[] own = sorted(head.prints());
    List<String> others = new ArrayList<>();
    int same = 0;
    boolean living = false;
    for (FileFacts file : files) {
      if (file.path().equals(head.path())) {
        continue;
      }
      double alike = similarity(own, sorted(file.prints()));
      if (alike >= 0.999) {
        same += repository.isBackup(file.path()) ? 0 : 1;
      } else if (alike >= ALIKE) {
        others.add(
            String.format(
                Locale.ROOT,
                "%s (%.0f %%, %+d lines)",
                file.path(),
                alike * 100,
                file.lines() - head.lines()));
        living |= !repository.isBackup(file.path());
      }
    }
    if (!others.isEmpty() || same > 0) {
      String identical = same == 0 ? "" : "; " + same + " identical";
      findings.add(
          Finding.of(
                  Rule.COPY_FAMILY,
                  Confidence.INFERRED,
                  head.path(),
                  0,
                  stem
                      + " has "
                      + others.size()
                      + " divergent copies"
                      + identical
                      + (others.isEmpty()
                          ? ""
                          : ": "
                              + String.join(", ", others.subList(0, Math.min(3, others.size())))))
              .with(living ? Severity.MEDIUM : Severity.LOW));
    }
  }

  static String stem(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    name =
        name.substring(
            0, name.length() - (name.endsWith(".py") ? 3 : name.endsWith(".pyw") ? 4 : 0));
    return VARIANT.matcher(name).replaceFirst("");
  }

  static long[] sorted(Prints prints) {
    long[] all = new long[prints.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = prints.print(i);
    }
    Arrays.sort(all);
    return all;
  }

  /** Share of common fingerprints, 0 to 1. */
  static double similarity(long[] a, long[] b) {
    int i = 0;
    int j = 0;
    int common = 0;
    while (i < a.length && j < b.length) {
      int order = Long.compare(a[i], b[j]);
      common += order == 0 ? 1 : 0;
      i += order <= 0 ? 1 : 0;
      j += order >= 0 ? 1 : 0;
    }
    int union = a.length + b.length - common;
    return union == 0 ? 0 : (double) common / union;
  }

  private static void blocks(Repository repository, List<Finding> findings) {
    List<FileFacts> files =
        repository.living().stream().filter(f -> !Examples.contains(f.path())).toList();
    Map<Long, int[]> owners = new HashMap<>();
    Map<Long, Integer> pairs = new HashMap<>();
    Map<Long, int[]> lines = new HashMap<>();
    for (int i = 0; i < files.size(); i++) {
      Prints prints = files.get(i).prints();
      Set<Long> seen = new HashSet<>();
      for (int p = 0; p < prints.size(); p++) {
        if (!seen.add(prints.print(p))) {
          continue;
        }
        int[] owner = owners.putIfAbsent(prints.print(p), new int[] {i, prints.line(p)});
        if (owner != null && owner[0] != i) {
          long key = ((long) owner[0] << 32) | i;
          pairs.merge(key, 1, Integer::sum);
          lines.putIfAbsent(key, new int[] {owner[1], prints.line(p)});
        }
      }
    }
    pairs.entrySet().stream()
        .filter(e -> e.getValue() >= COMMON)
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            e -> {
              FileFacts a = files.get((int) (e.getKey() >>> 32));
              FileFacts b = files.get(e.getKey().intValue());
              if (stem(a.path()).equals(stem(b.path()))) {
                return;
              }
              int[] at = lines.getOrDefault(e.getKey(), new int[] {0, 0});
              int tokens = e.getValue() * 16 + 50;
              findings.add(
                  Finding.of(
                      Rule.COPY_BLOCK,
                      Confidence.INFERRED,
                      b.path(),
                      at[1],
                      "about " + tokens + " equal tokens also stand in " + a.path() + ":" + at[0]));
            });
  }
}
