package dev.flotilla.scan.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.model.Json;
import dev.flotilla.scan.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Findings that are known and do not fail a build. It only shrinks: what is mended leaves it and
 * nothing enters it unless it is made anew.
 *
 * @param expires from this day on it counts for nothing
 * @param known by fingerprint
 */
public record Baseline(Optional<LocalDate> expires, Map<String, Known> known) {

  /** A known finding; credentials in its message are already shortened. */
  public record Known(String rule, String file, String message) {}

  /** How a scan stands against a baseline. */
  public record Comparison(List<Report.Entry> fresh, List<String> mended, boolean expired) {}

  /** A baseline of everything a scan found. */
  public static Baseline of(Report report, Optional<LocalDate> expires) {
    Map<String, Known> known = new LinkedHashMap<>();
    for (Report.Entry entry : report.entries()) {
      known.put(
          entry.fingerprint(),
          new Known(
              entry.finding().rule().id(), entry.finding().file(), entry.finding().message()));
    }
    return new Baseline(expires, known);
  }

  /** What is new since the baseline, and what was mended. */
  public Comparison compare(Report report, LocalDate today) {
    boolean expired = expires.isPresent() && !today.isBefore(expires.get());
    List<Report.Entry> fresh = new ArrayList<>();
    Map<String, Known> left = new LinkedHashMap<>(known);
    for (Report.Entry entry : report.entries()) {
      if (left.remove(entry.fingerprint()) == null || expired) {
        fresh.add(entry);
      }
    }
    return new Comparison(fresh, List.copyOf(left.keySet()), expired);
  }

  /**
   * The same, rule by rule: findings may move and change as long as no rule has more than it had.
   * Fresh are the new findings of rules that have more.
   */
  public Comparison ratchet(Report report, LocalDate today) {
    Comparison all = compare(report, today);
    if (all.expired()) {
      return all;
    }
    Map<String, Integer> more = new HashMap<>();
    known.values().forEach(each -> more.merge(each.rule(), -1, Integer::sum));
    report.entries().forEach(e -> more.merge(e.finding().rule().id(), 1, Integer::sum));
    List<Report.Entry> fresh =
        all.fresh().stream()
            .filter(e -> more.getOrDefault(e.finding().rule().id(), 0) > 0)
            .toList();
    return new Comparison(fresh, all.mended(), false);
  }

  /** Without what was mended. */
  public Baseline prune(Comparison comparison) {
    Map<String, Known> left = new LinkedHashMap<>(known);
    comparison.mended().forEach(left::remove);
    return new Baseline(expires, left);
  }

  /** Reads a baseline; empty when the file is none. */
  public static Optional<Baseline> read(Path file) throws IOException {
    JsonNode root;
    try {
      root = Json.mapper().readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
    if (root == null || !root.path("findings").isArray()) {
      return Optional.empty();
    }
    Map<String, Known> known = new LinkedHashMap<>();
    for (JsonNode each : root.path("findings")) {
      known.put(
          each.path("fingerprint").asText(),
          new Known(
              each.path("rule").asText(),
              each.path("file").asText(),
              each.path("message").asText()));
    }
    String expires = root.path("expires").asText("");
    try {
      return Optional.of(
          new Baseline(
              expires.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(expires)), known));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** Writes it beside the old one and moves it into its place; made to be read and diffed. */
  public void write(Path file) throws IOException {
    ObjectNode root = Json.mapper().createObjectNode();
    root.put("version", 1);
    expires.ifPresent(day -> root.put("expires", day.toString()));
    ArrayNode findings = root.putArray("findings");
    known.forEach(
        (fingerprint, each) -> {
          ObjectNode node = findings.addObject();
          node.put("fingerprint", fingerprint);
          node.put("rule", each.rule());
          node.put("file", each.file());
          node.put("message", each.message());
        });
    Path folder = file.toAbsolutePath().getParent();
    Path fresh = Files.createTempFile(folder, "baseline", ".new");
    try {
      String text = Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(root);
      Files.writeString(fresh, text + "\n");
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
