package dev.flotilla.model.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Problem;
import dev.flotilla.model.Result;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Loads manifests from texts. */
public final class Manifests {
  public static final LoadOptions PLAIN = LoadOptions.of(Map.of());

  private Manifests() {}

  public static Result<Fleet> load(String yaml, LoadOptions options) {
    return ManifestLoader.load(
        "fleet.yaml", yaml.getBytes(StandardCharsets.UTF_8), Path.of("/srv/fleet"), options);
  }

  public static Fleet fleet(String yaml, LoadOptions options) {
    return switch (load(yaml, options)) {
      case Result.Ok<Fleet>(Fleet fleet, List<Problem> warnings) -> fleet;
      case Result.Failed<Fleet>(List<Problem> problems) ->
          throw new AssertionError("expected a fleet, found " + lines(problems));
    };
  }

  public static Fleet fleet(String yaml) {
    return fleet(yaml, PLAIN);
  }

  public static List<Problem> problems(String yaml, LoadOptions options) {
    return switch (load(yaml, options)) {
      case Result.Ok<Fleet> ok -> throw new AssertionError("expected problems, found a fleet");
      case Result.Failed<Fleet>(List<Problem> problems) -> problems;
    };
  }

  public static List<Problem> problems(String yaml) {
    return problems(yaml, PLAIN);
  }

  public static Problem problem(String yaml) {
    List<Problem> problems = problems(yaml);
    assertThat(problems).as(lines(problems)).hasSize(1);
    return problems.getFirst();
  }

  public static Agent agent(Fleet fleet, String name) {
    AgentId id = AgentId.parse(name, fleet.machines().keySet().iterator().next());
    return Objects.requireNonNull(fleet.agents().get(id), "no agent " + id);
  }

  public static String lines(List<Problem> problems) {
    StringBuilder lines = new StringBuilder();
    for (Problem p : problems) {
      lines
          .append(p.where())
          .append(": ")
          .append(p.found())
          .append(" | ")
          .append(p.expected())
          .append(" | ")
          .append(p.advice())
          .append('\n');
    }
    return lines.toString();
  }
}
