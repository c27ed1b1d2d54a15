package dev.flotilla.cli.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.cli.Run;
import dev.flotilla.model.Json;
import dev.flotilla.scan.Scan;
import dev.flotilla.scan.ScanRequest;
import dev.flotilla.scan.tracker.Action;
import dev.flotilla.scan.tracker.GitHub;
import dev.flotilla.scan.tracker.Sync;
import dev.flotilla.scan.tracker.Tickets;
import dev.flotilla.scan.tracker.TrackerRefused;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server that speaks GitHub's API. */
final class ScanIssuesTest {
  private static final Instant NOON = Instant.parse("2026-05-20T12:00:00Z");

  @TempDir Path directory = Path.of("");
  @TempDir Path home = Path.of("");

  private LocalGitHub server;

  @BeforeEach
  void start() throws IOException {
    server = new LocalGitHub();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      text.append("# TODO: mend number ").append((char) ('a' + i)).append('\n');
    }
    Files.writeString(directory.resolve("a.py"), text);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void showsWhatItWouldDoAndWritesNothing() throws Exception {
    Run run = todos("good");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("open   TODO: mend number a")
        .contains("5 to do in ana/voice, 0 as they should be.")
        .contains("Nothing was written; --write does it.");
    assertThat(server.all()).isEmpty();
  }

  @Test
  void opensOnceUpdatesAndCloses() throws Exception {
    server.pullRequest();
    assertThat(perform()).isEqualTo(5);
    assertThat(perform()).isZero();
    assertThat(server.open()).hasSize(5);
    assertThat(server.open().getFirst().path("body").asText()).contains("`a.py` says in line 1");

    Files.writeString(directory.resolve("a.py"), "\n# TODO: mend number a\n# TODO: new\n");
    Run run = todos("good");
    assertThat(run.out())
        .contains("update #2 TODO: mend number a", "close  #3", "open   TODO: new");
    assertThat(perform()).isEqualTo(6);
    assertThat(server.open())
        .extracting(issue -> issue.path("title").asText())
        .containsExactly("TODO: mend number a", "TODO: new");
    assertThat(perform()).isZero();
    assertThat(server.asked())
        .contains("GET /repos/ana/voice/issues?state=all&per_page=100&labels=flotilla-scan&page=2");
  }

  @Test
  void aRunThatBreaksInTheMiddleIsTakenUpWithoutDoubles() throws Exception {
    server.fails(new LocalGitHub.Failure(2, 502, Map.of(), "Bad Gateway", false));
    Run broken = todos("good", "--write", "--json");
    assertThat(broken.code()).isEqualTo(1);
    assertThat(broken.out()).contains("answered 502 Bad Gateway; 3 are not done");
    assertThat(server.open()).hasSize(2);

    server.fails(new LocalGitHub.Failure(1, 0, Map.of(), "", true));
    Assertions.assertThatThrownBy(this::perform).isInstanceOf(TrackerRefused.class);
    assertThat(server.open()).hasSize(4);

    assertThat(perform()).isOne();
    assertThat(server.open())
        .extracting(issue -> issue.path("title").asText())
        .doesNotHaveDuplicates()
        .hasSize(5);
  }

  @Test
  void waitsAsLongAsTheLimitsSay() throws Exception {
    server.fails(new LocalGitHub.Failure(0, 429, Map.of("Retry-After", "7"), "slow", false));
    server.fails(
        new LocalGitHub.Failure(
            0, 403, Map.of(), "You have exceeded a secondary rate limit", false));
    String reset = Long.toString(NOON.getEpochSecond() + 90);
    server.fails(
        new LocalGitHub.Failure(
            1,
            403,
            Map.of("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", reset),
            "API rate limit exceeded",
            false));
    List<Duration> waits = new ArrayList<>();

    assertThat(perform(waits)).isEqualTo(5);

    waits.removeIf(wait -> wait.equals(Duration.ofSeconds(1)));
    assertThat(waits)
        .containsExactly(Duration.ofSeconds(7), Duration.ofMinutes(2), Duration.ofSeconds(90));
    assertThat(server.open()).hasSize(5);
  }

  @Test
  void aLimitOfAnHourIsSaidNotWaitedFor() {
    String reset = Long.toString(NOON.getEpochSecond() + 3600);
    Map<String, String> headers = Map.of("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", reset);
    server.fails(new LocalGitHub.Failure(0, 403, headers, "API rate limit exceeded", false));

    Assertions.assertThatThrownBy(this::perform)
        .isInstanceOf(TrackerRefused.class)
        .hasMessageContaining("used up for 60 minutes");
  }

  @Test
  void saysWhatIsMissing() throws Exception {
    Run noToken = todos("", "--write");
    assertThat(noToken.code()).isEqualTo(2);
    assertThat(noToken.err()).contains("GITHUB_TOKEN");
    Run badToken = todos("bad");
    assertThat(badToken.code()).isEqualTo(1);
    assertThat(badToken.err()).contains("answered 401 Bad credentials").doesNotContain("\tat ");
    Run badName = todos("good", "--repo", "ana/other");
    assertThat(badName.err()).contains("answered 404").contains("Check the repository's name");
    assertThat(todos("good", "--repo", "voice").code()).isEqualTo(2);
    Run unknown = Run.in(directory, environment("good"), "scan", "todos", "--issues", "githb");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("Did you mean github?");
    Run alone = Run.in(directory, environment("good"), "scan", "todos", "--write");
    assertThat(alone.err()).contains("--write without --issues").contains("Add --issues github");
  }

  @Test
  void backupsHaveOneIssueForEachFolder() throws Exception {
    Files.createDirectories(directory.resolve("old"));
    Files.writeString(directory.resolve("old/x.py"), "x = 1\n");
    Files.writeString(directory.resolve("old/y.py"), "x = 1\n");
    Run run =
        Run.in(
            directory,
            environment("good"),
            "scan",
            "backups",
            "--issues",
            "github",
            "--write",
            "--json");

    JsonNode answer = Json.mapper().readTree(run.out());
    assertThat(answer.path("repository").asText()).isEqualTo("ana/voice");
    assertThat(answer.path("actions")).hasSize(1);
    assertThat(answer.path("actions").path(0).path("number").asInt()).isEqualTo(1);
    assertThat(server.open().getFirst().path("body").asText())
        .contains("- `old/x.py`\n- `old/y.py`\n");
  }

  @Test
  void findsTheRepositoryInTheRemote() throws Exception {
    new ProcessBuilder("git", "init", "-q").directory(directory.toFile()).start().waitFor();
    new ProcessBuilder("git", "remote", "add", "origin", "git@github.com:ana/voice.git")
        .directory(directory.toFile())
        .start()
        .waitFor();
    Map<String, String> environment = environment("good");

    Run run =
        Run.in(
            directory,
            Map.of(
                "FLOTILLA_HOME", home.toString(),
                "GITHUB_TOKEN", "good",
                "GITHUB_API_URL", environment.getOrDefault("GITHUB_API_URL", "")),
            "scan",
            "todos",
            "--issues",
            "github");

    assertThat(run.out()).contains("in ana/voice");
  }

  private Run todos(String token, String... more) {
    List<String> words = new ArrayList<>(List.of("scan", "todos", "--issues", "github"));
    words.addAll(List.of(more));
    return Run.in(directory, environment(token), words.toArray(String[]::new));
  }

  private Map<String, String> environment(String token) {
    return Map.of(
        "FLOTILLA_HOME",
        home.toString(),
        "GITHUB_TOKEN",
        token,
        "GITHUB_API_URL",
        server.url(),
        "GITHUB_REPOSITORY",
        "ana/voice");
  }

  private int perform() throws Exception {
    return perform(new ArrayList<>());
  }

  /** As the command does it, without waiting; answers with the number of actions. */
  private int perform(List<Duration> waits) throws Exception {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      GitHub github =
          new GitHub(
              client,
              URI.create(server.url()),
              "ana/voice",
              "good",
              Clock.fixed(NOON, ZoneOffset.UTC),
              waits::add);
      Sync sync =
          Sync.of("todo", Tickets.todos(Scan.run(ScanRequest.of(directory))), github.issues());
      for (Action action : sync.actions()) {
        github.perform(action);
      }
      return sync.actions().size();
    }
  }
}
