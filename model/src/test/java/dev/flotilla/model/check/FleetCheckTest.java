package dev.flotilla.model.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.Problem;
import dev.flotilla.model.manifest.Manifests;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FleetCheckTest {

  @Test
  void aCycleIsNamedOnceAsAPathAtItsFirstNeed() {
    Problem problem =
        only(
            """
            agents:
              a: {command: x, needs: [b]}
              b: {command: x, needs: [c]}
              c: {command: x, needs: [a]}
              d: {command: x, needs: [a]}
            """);
    assertThat(problem.found()).isEqualTo("a cycle: a needs b needs c needs a");
    assertThat(problem.where()).hasToString("fleet.yaml:2:27");
  }

  @Test
  void aLineOfALogIsSeenOnItsOwnMachineOnly() {
    Problem problem =
        only(
            """
            machines: {one: {address: 10.0.0.1}, two: {address: 10.0.0.2}}
            agents:
              a@one: {command: x}
              b@two:
                command: x
                needs: {a: {log: listening}}
              c@one: {command: x, needs: {a: {log: listening}}}
            """);
    assertThat(problem.found())
        .isEqualTo("a line in the log of a, which runs on another machine (one)");
    assertThat(problem.advice()).contains("a: healthy");
    assertThat(problem.where().line()).isEqualTo(6);
  }

  @Test
  void twoAgentsOnOnePortOfOneMachine() {
    Problem problem =
        only(
            """
            machines: {one: {address: 10.0.0.1}, two: {address: 10.0.0.2}}
            agents:
              a@one: {command: x, port: 7000}
              b@one: {command: x, port: 7001, ports: {health: 7000}}
              c@two: {command: x, port: 7000}
            """);
    assertThat(problem.found()).isEqualTo("port 7000 on one for both a and b (health)");
    assertThat(problem.where().line()).isEqualTo(4);
  }

  @Test
  void aPortThatIsHeldNamesPidAndProgramOnThisMachineOnly() {
    String yaml =
        """
        machines: {one: {address: 10.0.0.1}, two: {address: 10.0.0.2}}
        agents:
          a@one: {command: x, port: 7000}
          b@two: {command: x, port: 7000}
        """;
    Facts facts =
        new Facts(
            Optional.of("two"),
            path -> true,
            name -> true,
            List.of(new PortHolder(7000, 4711, "nginx")),
            PortRules.NONE);
    assertThat(check(yaml, facts))
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.found()).isEqualTo("port 7000 of b, held by process 4711 (nginx)");
              assertThat(p.advice()).contains("kill 4711");
              assertThat(p.where().line()).isEqualTo(4);
            });
  }

  @Test
  void portsThatTheMachineKeepsForItself() {
    Facts facts =
        new Facts(
            Optional.of("local"),
            path -> true,
            name -> true,
            List.of(),
            new PortRules(1024, 32768, 60999, Set.of(40001)));
    List<Problem> problems =
        check("agents: {a: {command: x, port: 80, ports: {b: 40000, c: 40001, d: 1024}}}", facts);
    assertThat(problems)
        .extracting(p -> p.severity() + " " + p.found())
        .containsExactlyInAnyOrder(
            "ERROR port 80 of a, which only root may take",
            "WARNING port 40000 of a (b), which the machine may give to any outgoing connection");
  }

  @Test
  void filesOfAListenerBeyondThisMachine() {
    String yaml =
        """
        agents:
          hub:
            service: ObservabilityHub
            port: 9000
            listen: {host: 192.168.1.5, token: t, certificate: c.pem, key: k.pem}
        """;
    Facts facts =
        new Facts(
            Optional.of("local"),
            Set.of(Path.of("/srv/fleet/t"))::contains,
            name -> true,
            List.of(),
            PortRules.NONE);
    assertThat(check(yaml, facts))
        .extracting(Problem::found)
        .containsExactly(
            "the file /srv/fleet/c.pem of hub, which does not exist",
            "the file /srv/fleet/k.pem of hub, which does not exist");
  }

  @Test
  void missingProgramsScriptsAndFolders() {
    String yaml =
        """
        agents:
          a: {command: python3 -u agents/a.py}
          b: {command: bin/b}
          c: {command: nothere --x}
          d: {command: python3 there.py, directory: gone}
          e: {command: python3 -m module}
          f: {command: python3 opt.py, required: false}
          g: {command: 'sh -c "exit 0"'}
        """;
    Set<Path> there = Set.of(Path.of("/srv/fleet"), Path.of("/srv/fleet/there.py"));
    Facts facts =
        new Facts(
            Optional.of("local"),
            there::contains,
            name -> !name.equals("nothere"),
            List.of(),
            PortRules.NONE);
    List<Problem> problems = check(yaml, facts);
    assertThat(problems)
        .extracting(Problem::found)
        .containsExactly(
            "the script agents/a.py of a, which does not exist",
            "the program bin/b of b, which does not exist",
            "the program nothere of c, which does not exist",
            "the folder /srv/fleet/gone of d, which does not exist",
            "the script opt.py of f, which does not exist");
    assertThat(problems.getLast().severity()).isEqualTo(Problem.Severity.WARNING);
    assertThat(check(yaml, Facts.none())).isEmpty();
  }

  @Test
  void moreThanTheMachineHas() {
    List<Problem> problems =
        check(
            """
            machines:
              big: {memory: 8GB, cores: 4, gpus: [{vram: 24GB}, {vram: 8GB}]}
              none: {address: 10.0.0.2}
            models: {m: {vram: 6GB, preload: true, machines: [big]}}
            agents:
              a@big: {command: x, limits: {memory: 9GB}}
              b@big: {command: x, limits: {vram: 20GB, cpu: 8}}
              c@big: {command: x, limits: {vram: 8GB}}
              d@big: {command: x, limits: {vram: 25GB}}
              e@none: {command: x, limits: {vram: 1GB}}
            """,
            Facts.none());
    assertThat(problems)
        .extracting(p -> p.where().line() + " " + p.severity() + " " + p.found())
        .containsExactly(
            "6 ERROR 9 GiB of memory for a",
            "6 WARNING 9 GiB of memory limits on big together",
            "7 WARNING 8.0 cores for b",
            "9 ERROR 25 GiB of VRAM for d",
            "9 ERROR 59 GiB of VRAM on big together, 6 GiB of it for models loaded at start",
            "10 ERROR 1 GiB of VRAM for e");
  }

  @Test
  void machinesThatCannotBeToldApart() {
    Problem problem =
        only(
            "machines: {a: {}, b: {address: 10.0.0.2}, c: {}}\n"
                + "agents: {x@a: {command: x}, x@c: {command: x}}");
    assertThat(problem.severity()).isEqualTo(Problem.Severity.WARNING);
    assertThat(problem.found()).isEqualTo("the machines a, c with one address, 127.0.0.1");
  }

  @Test
  void aRequiredAgentThatNeedsAnOptionalOne() {
    Problem problem =
        only("agents: {a: {command: x, required: false}, b: {command: x, needs: [a]}}");
    assertThat(problem.severity()).isEqualTo(Problem.Severity.WARNING);
    assertThat(problem.found()).isEqualTo("the required agent b that needs the optional a");
  }

  @Test
  void aJobThatWouldBeStartedAgainForEver() {
    String job = "agents: {job: {command: x%s}, a: {command: x, needs: {job: completed}}}";
    Problem problem = only(job.formatted(""));
    assertThat(problem.severity()).isEqualTo(Problem.Severity.WARNING);
    assertThat(problem.found()).contains("job completed, which is started again");
    assertThat(check(job.formatted(", restart: on-failure"), Facts.none())).isEmpty();
  }

  private static Problem only(String yaml) {
    List<Problem> problems = check(yaml, Facts.none());
    assertThat(problems).hasSize(1);
    return problems.getFirst();
  }

  private static List<Problem> check(String yaml, Facts facts) {
    return FleetCheck.check(Manifests.fleet(yaml), facts);
  }
}
