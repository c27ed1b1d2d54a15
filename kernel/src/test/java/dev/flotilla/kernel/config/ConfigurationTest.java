package dev.flotilla.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.Bytes;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Position;
import dev.flotilla.model.Problem;
import dev.flotilla.model.Result;
import dev.flotilla.model.manifest.LoadOptions;
import dev.flotilla.model.manifest.ManifestLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ConfigurationTest {
  enum Mode {
    FAIL_FAST,
    PATIENT
  }

  record Pool(int size, Duration pause) {
    Pool {
      if (size < 1) {
        throw new IllegalArgumentException("size is " + size + ", must be above 0");
      }
    }
  }

  record Settings(
      Duration lease,
      Bytes cache,
      Mode mode,
      boolean watch,
      double ratio,
      Optional<String> note,
      List<String> tags,
      Map<String, Integer> weights,
      List<Pool> pools,
      Pool pool,
      Path folder) {}

  private static final Settings DEFAULTS =
      new Settings(
          Duration.ofSeconds(15),
          Bytes.ofMebibytes(64),
          Mode.PATIENT,
          true,
          0.5,
          Optional.empty(),
          List.of("x"),
          Map.of(),
          List.of(),
          new Pool(4, Duration.ofSeconds(1)),
          Path.of("data"));

  @Test
  void whatIsNotConfiguredStaysAsInTheDefaults() {
    assertThat(read(Map.of())).isEqualTo(DEFAULTS);
  }

  @Test
  void everyKindOfValueIsRead() {
    Settings settings =
        read(
            Map.ofEntries(
                Map.entry("lease", "1.5s"),
                Map.entry("cache", "2 GiB"),
                Map.entry("mode", "fail-fast"),
                Map.entry("watch", false),
                Map.entry("ratio", 1),
                Map.entry("note", "hello"),
                Map.entry("tags", List.of("a", "b")),
                Map.entry("weights", Map.of("a", 1)),
                Map.entry("pools", List.of(Map.of("size", 2, "pause", 0.25))),
                Map.entry("pool", Map.of("size", 9)),
                Map.entry("folder", "/var/x")));
    assertThat(settings)
        .isEqualTo(
            new Settings(
                Duration.ofMillis(1500),
                Bytes.ofMebibytes(2048),
                Mode.FAIL_FAST,
                false,
                1.0,
                Optional.of("hello"),
                List.of("a", "b"),
                Map.of("a", 1),
                List.of(new Pool(2, Duration.ofMillis(250))),
                new Pool(9, Duration.ofSeconds(1)),
                Path.of("/var/x")));
  }

  @Test
  void everyMistakeIsFoundAtOnceAndSaysWhatToDo() {
    List<Problem> problems =
        problems(
            Map.of(
                "leese",
                5,
                "cache",
                "lots",
                "mode",
                "fast",
                "watch",
                "yes",
                "tags",
                List.of("a", 5),
                "pools",
                List.of(Map.of("size", 1)),
                "pool",
                Map.of("size", 2.5, "sizes", 1)));
    assertThat(problems)
        .extracting(Problem::found)
        .containsExactlyInAnyOrder(
            "config has the unknown key \"leese\"",
            "config.cache is \"lots\"",
            "config.mode is \"fast\"",
            "config.watch is \"yes\"",
            "config.tags[1] is 5",
            "config.pools[0].pause is missing",
            "config.pool has the unknown key \"sizes\"",
            "config.pool.size is 2.5");
    assertThat(problems)
        .extracting(Problem::advice)
        .contains("Did you mean \"lease\"?", "Did you mean \"size\"?");
    assertThat(problems).extracting(Problem::expected).contains("one of fail-fast, patient");
    assertThat(problems).allMatch(problem -> problem.where().line() == 7);
  }

  @Test
  void aMistakeInAManifestIsShownWhereItStands() {
    String manifest =
        """
        fleet: f
        agents:
          Cache:
            service: Cache
            config:
              leese: 20s
              pool:
                size: many
              pools:
                - {size: 2, pause: 1s}
                - {size: 2, pause: 1s, colour: red}
        """;
    Result<Fleet> read =
        ManifestLoader.load(
            "fleet.yaml",
            manifest.getBytes(StandardCharsets.UTF_8),
            Path.of("/"),
            new LoadOptions(Map.of(), Optional.empty(), Optional.empty()));
    assertThat(read).isInstanceOf(Result.Ok.class);
    Fleet fleet = ((Result.Ok<Fleet>) read).value();
    assertThat(problems(fleet.agents().values().iterator().next().config()))
        .extracting(problem -> problem.where().toString())
        .containsExactlyInAnyOrder("fleet.yaml:6:7", "fleet.yaml:8:9", "fleet.yaml:11:32");
  }

  @Test
  void whatTheRecordItselfRefusesIsAProblemToo() {
    assertThat(problems(Map.of("pool", Map.of("size", 0))))
        .singleElement()
        .extracting(Problem::found)
        .isEqualTo("config.pool is refused: size is 0, must be above 0");
  }

  @Test
  void aServiceWithoutConfigurationRefusesEveryKey() {
    record Nothing() {}
    Result<Nothing> result =
        Configuration.decode(Map.of("x", 1), new Nothing(), new Position("fleet.yaml", 7, 1));
    assertThat(result)
        .isInstanceOfSatisfying(
            Result.Failed.class,
            failed -> assertThat(failed.problems().toString()).contains("no configuration at all"));
  }

  private static Settings read(Map<String, Object> config) {
    return switch (decode(config)) {
      case Result.Ok<Settings>(Settings settings, var warnings) -> settings;
      case Result.Failed<Settings>(var problems) -> throw new AssertionError(problems.toString());
    };
  }

  private static List<Problem> problems(Map<String, Object> config) {
    return switch (decode(config)) {
      case Result.Ok<Settings> ok -> throw new AssertionError(ok.toString());
      case Result.Failed<Settings>(var problems) -> problems;
    };
  }

  private static Result<Settings> decode(Map<String, Object> config) {
    return Configuration.decode(config, DEFAULTS, new Position("fleet.yaml", 7, 1));
  }
}
