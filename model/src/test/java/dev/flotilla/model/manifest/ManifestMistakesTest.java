package dev.flotilla.model.manifest;

import static dev.flotilla.model.manifest.Manifests.lines;
import static dev.flotilla.model.manifest.Manifests.problem;
import static dev.flotilla.model.manifest.Manifests.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestMistakesTest {

  @Test
  void anUnknownKeyIsRefusedWithTheNearestKnownOne() {
    Problem problem = problem("agents:\n  a:\n    comand: x\n    command: y\n");
    assertThat(problem.where()).hasToString("fleet.yaml:3:5");
    assertThat(problem.found()).isEqualTo("the unknown key 'comand' in an agent");
    assertThat(problem.expected()).contains("command").contains("image");
    assertThat(problem.advice()).isEqualTo("did you mean 'command'?");
  }

  @Test
  void aMisspeltCommandIsOneMistakeAndNotTwo() {
    assertThat(problem("agents:\n  a:\n    comand: x\n").advice())
        .isEqualTo("did you mean 'command'?");
    assertThat(problems("agents: {a: {colour: x}}")).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "port: 70000 | '70000' | a port from 1 to 65535",
        "port: http | 'http' | a port from 1 to 65535",
        "required: maybe | 'maybe' | true or false",
        "required: | no value | true or false",
        "limits: {memory: lots} | 'lots' | a size such as 512MiB or 24GB",
        "limits: 5 | '5' | limits",
        "limits: {cpu: -1} | '-1' | cores from 0.01 to 4096",
        "stop: soon | 'soon' | stop, or a duration such as 500ms, 30s, 2m or 1m30s",
        "restart: {policy: onfailure} | 'onfailure' | one of always, on-failure, never",
        "needs: [5] | '5' | the name of an agent",
        "env: {A: [1]} | a list | text",
        "env: {1A: x} | '1A' | the name of an environment variable",
        "ports: {2x: 5} | '2x' | the name of a port",
        "health: {http: health} | 'health' | a path such as /health",
        "health: {interval: 5s} | health that does not say what is asked | one of http, tcp",
        "health: {http: /x, port: api} | the unknown port 'api' | an agent with a port",
        "health: tcp | a probe of a@local, which has no port | an agent with a port",
        "group: core | the unknown group 'core' | a group declared under groups",
        "machine: pc2 | the unknown machine 'pc2' | one of local",
        "needs: [b] | the unknown agent 'b' | an agent of this manifest",
        "needs: [a] | an agent that needs itself | other agents",
        "service: x | service and command of one agent | one of them",
        "volumes: [a] | volumes without an image | image:",
        "env: {A: '${UNSET}'} | ${UNSET}, which is not known | a variable that is set",
        "env: {A: '${port.api}'} | ${port.api}, which is not known | one of agent, group",
        "env: {A: '${UNSET'} | '${' without '}' | ${NAME} or ${NAME:-default}",
        "directory: | no value | a folder",
      })
  void aMistakeInAnAgentIsNamed(String line, String found, String expected) {
    List<Problem> problems =
        problems("agents:\n  a:\n    command: [x]\n    " + line.strip() + "\n");
    assertThat(problems)
        .as(lines(problems))
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.found()).contains(found.strip());
              assertThat(p.expected()).contains(expected.strip());
              assertThat(p.where().toString()).matches("fleet.yaml:4:\\d+|fleet.yaml:3:5");
              assertThat(p.advice()).isNotBlank();
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "agents: {a: {port: 5}} | does not say how it is started",
        "agents: {a: {command: 'a && b'}} | '&&' in a command that no shell reads",
        "agents: {a: {command: \"a 'b\"}} | an open quote '",
        "agents: {a: {command: []}} | an empty list",
        "agents: {a b: {command: x}} | 'a b'",
        "agents: {a: {command: x, port: 1}, a@local: {command: x}} | the agent a@local a second"
            + " time",
        "fleet: x | a manifest without agents",
        "flags: {f: {variants: {a: 1, b: 2}}} | a flag with variants and no default",
        "flags: {f: {variants: {a: 1}, default: b}} | the unknown variant 'b'",
        "flags: {f: {split: {on: 70%, off: 40%}}} | shares of 110.0% together",
        "flags: {f: 110%} | '110%'",
        "alerts: {a: {for: 1m}} | an alert without a condition",
        "alerts: {a: {when: too hot}} | 'too hot'",
        "models: {m: {machines: [x]}} | the unknown machine 'x'",
        "bus: {credentials: f} | bus without url",
        "bus: http://x | 'http://x'",
        "machines: {a: {}, b: {}} | the agent 'ok' without group or machine",
        "machines: {a: {gpus: [{name: x}]}} | a card without vram",
        "machines: {a: {env: {X: '${port}'}}} | ${port}, which is not known",
        "groups: {g: nowhere} | the unknown machine 'nowhere'",
        "port_offset: 1e9 | '1e9'",
        "port_sets: {ci: {ports: {okk: 5}}} | 'okk', which no agent has",
        "[1, 2] | a list",
      })
  void aMistakeAnywhereIsNamed(String yaml, String found) {
    String text = yaml.strip();
    List<Problem> problems =
        problems(
            text.startsWith("agents") || text.startsWith("[") || text.equals("fleet: x")
                ? text
                : text + "\nagents: {ok: {command: x}}");
    assertThat(problems)
        .as(lines(problems))
        .singleElement()
        .satisfies(p -> assertThat(p.found()).contains(found));
  }

  @Test
  void anAmbiguousNeedNamesItsChoices() {
    Problem problem =
        problem(
            """
            machines: {a: {}, b: {}, c: {}}
            agents:
              Hub@a: {command: h}
              Hub@b: {command: h}
              One@c: {command: o, needs: [Hub]}
            """);
    assertThat(problem.where()).hasToString("fleet.yaml:5:31");
    assertThat(problem.found()).isEqualTo("'Hub', which several machines have");
    assertThat(problem.expected()).isEqualTo("Hub@a or Hub@b");
  }

  @Test
  void fiveHundredMistakesAreAllReportedInOrder() {
    StringBuilder yaml = new StringBuilder("agents:\n");
    for (int i = 0; i < 250; i++) {
      yaml.append("  a")
          .append(i)
          .append(":\n    commmand: x\n    port: ")
          .append(70_000 + i)
          .append('\n');
      yaml.append("    image: ok\n");
    }
    List<Problem> problems = problems(yaml.toString());
    assertThat(problems).hasSize(500);
    assertThat(problems).isSortedAccordingTo(java.util.Comparator.comparing(Problem::where));
    assertThat(problems.get(499).where().line()).isEqualTo(1000);
  }

  @Test
  void anUnknownPortSetIsNamed() {
    List<Problem> problems =
        problems(
            "port_sets: {fast: {offset: 1}}\nagents: {a: {command: x}}",
            Manifests.PLAIN.withPortSet("fats"));
    assertThat(problems)
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.found()).isEqualTo("no port set 'fats'");
              assertThat(p.advice()).isEqualTo("did you mean 'fast'?");
            });
  }

  @Test
  void anOffsetOutOfRangeIsNamedAtThePort() {
    List<Problem> problems =
        problems("agents: {a: {command: x, port: 9000}}", Manifests.PLAIN.withPortOffset(60_000));
    assertThat(problems)
        .singleElement()
        .satisfies(p -> assertThat(p.found()).isEqualTo("the port 9000 with the offset 60000"));
  }
}
