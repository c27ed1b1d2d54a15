package dev.flotilla.cli.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.cli.screen.Style;
import dev.flotilla.cli.screen.Table;
import dev.flotilla.cli.screen.Table.Cell;
import dev.flotilla.cli.screen.Table.Column;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Jobs as people read them. */
final class JobText {
  private static final int LONGEST = 60;

  private JobText() {}

  static Table table(Iterable<JsonNode> jobs, Instant now) {
    Table table =
        new Table(
            Column.left("JOB"),
            Column.left("KIND"),
            Column.left("STATE"),
            Column.left("ATTEMPT"),
            Column.left("AGE"),
            Column.left("WHAT"));
    for (JsonNode job : jobs) {
      table.row(
          new Cell(job.path("id").asText(), Style.BOLD),
          Cell.of(job.path("kind").asText()),
          new Cell(state(job), style(job)),
          Cell.of(attempts(job)),
          Cell.of(age(job, now)),
          new Cell(what(job), Style.DIM));
    }
    return table;
  }

  /** One line for one job. */
  static String line(JsonNode job) {
    String what = what(job);
    return "%s  %s  %s%s"
        .formatted(
            job.path("id").asText(),
            job.path("kind").asText(),
            state(job),
            what.isEmpty() ? "" : "  " + what);
  }

  static boolean isEnd(JsonNode job) {
    return switch (job.path("state").asText()) {
      case "done", "dead", "cancelled" -> true;
      default -> false;
    };
  }

  private static String state(JsonNode job) {
    String state = job.path("state").asText();
    return state.equals("running") && job.has("progress")
        ? String.format(Locale.ROOT, "running %.0f %%", 100 * job.path("progress").asDouble())
        : state;
  }

  private static Style style(JsonNode job) {
    return switch (job.path("state").asText()) {
      case "done" -> Style.GREEN;
      case "dead" -> Style.RED;
      case "running" -> Style.YELLOW;
      default -> Style.DIM;
    };
  }

  private static String attempts(JsonNode job) {
    return job.path("attempts").asInt() + " of " + job.path("maxAttempts").asInt();
  }

  private static String age(JsonNode job, Instant now) {
    long seconds =
        Math.max(
            0, Duration.between(Instant.parse(job.path("createdAt").asText()), now).toSeconds());
    if (seconds < 120) {
      return seconds + " s";
    } else if (seconds < 7_200) {
      return seconds / 60 + " min";
    }
    return seconds < 172_800 ? seconds / 3_600 + " h" : seconds / 86_400 + " d";
  }

  /** Why it is where it is, as far as anything is known. */
  private static String what(JsonNode job) {
    boolean running = job.path("state").asText().equals("running");
    if (running && job.has("note")) {
      return cut(job.path("note").asText());
    } else if (job.has("error")) {
      return cut(job.path("error").asText());
    } else if (!job.path("needs").isEmpty()) {
      return cut(
          "waits for "
              + job.path("needs").path(0).asText()
              + (job.path("needs").size() > 1
                  ? " and " + (job.path("needs").size() - 1) + " more"
                  : ""));
    } else if (job.has("result")) {
      return cut(job.path("result").toString());
    }
    return running ? "by " + job.path("worker").asText() : "";
  }

  private static String cut(String text) {
    String line = text.lines().findFirst().orElse("");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
  }
}
