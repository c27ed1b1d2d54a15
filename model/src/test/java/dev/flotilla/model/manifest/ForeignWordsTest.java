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

/** Who writes a manifest as a file of another program is told our word for each thing. */
class ForeignWordsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "depends_on: [b] | the unknown key 'depends_on' in an agent | needs: {Job: completed}",
        "dependsOn: {b: {condition: service_healthy}} | the unknown key 'dependsOn' in an agent |"
            + " write 'needs'",
        "After: b | the unknown key 'After' in an agent | write 'needs'",
        "needs: [{agent: b, condition: completed}] | a mapping | write {b: completed}",
        "needs: {agent: b, condition: process_completed_successfully} | a mapping | write {b:"
            + " completed}",
        "needs: [{service: b}] | a mapping | write {b: healthy}",
        "needs: {b: {condition: service_healthy}} | a mapping | write healthy alone",
        "needs: {b: service_started} | 'service_started' | write started",
        "restart: unless-stopped | 'unless-stopped' | write always",
        "restart: 'no' | 'no' | write never",
        "restart: on-failure:5 | 'on-failure:5' | write {policy: on-failure, max_restarts: 5}",
        "restart: {condition: always} | the unknown key 'condition' in restart | it is called"
            + " 'policy' here",
        "availability: {restart: always} | the unknown key 'availability' in an agent | write"
            + " 'restart'",
        "RestartSec: 5 | the unknown key 'RestartSec' in an agent | write 'restart'",
        "ports: ['8080:80'] | a list | write port: 80, the port it listens on",
        "ports: ['127.0.0.1:8080:80/tcp'] | a list | write port: 80,",
        "ports: [8080] | a list | write the first one under 'port'",
        "ports: {web: '8080:80'} | '8080:80' | write port: 80,",
        "port: '8080:80' | '8080:80' | nothing to map",
        "healthcheck: {test: [CMD, x]} | the unknown key 'healthcheck' in an agent | write"
            + " 'health'",
        "health: {http: 'http://localhost:80/health'} | 'http://localhost:80/health' | the path"
            + " alone",
        "health: curl -f localhost | 'curl -f localhost' | write health: {command: curl -f"
            + " localhost}",
        "health: {command: x, interval: 10} | '10' | write the unit, such as 10s",
        "health: {command: x, retries: 3} | the unknown key 'retries' in health | it is called"
            + " 'failures' here",
        "health: {command: x, periodSeconds: 3} | the unknown key 'periodSeconds' in health | write"
            + " interval",
        "environment: [A=B] | the unknown key 'environment' in an agent | env: {NAME: value}",
        "env: [A=B] | a list | write a mapping: {A: value}",
        "env_file: .env | the unknown key 'env_file' in an agent | write the variables under 'env'",
        "deploy: {resources: {limits: {memory: 1G}}} | the unknown key 'deploy' in an agent | write"
            + " 'limits'",
        "limits: {cpus: 0.5} | the unknown key 'cpus' in limits | it is called 'cpu' here",
        "limits: {limits: {cpu: 0.5}} | the unknown key 'limits' in limits | without a level"
            + " between",
        "stop_grace_period: 5s | the unknown key 'stop_grace_period' in an agent | write 'stop'",
        "stop: {timeout: 5s} | the unknown key 'timeout' in stop | it is called 'grace' here",
        "volumes: ./a:/a | './a:/a' | write a list: [./a:/a]",
        "volumes: [{type: bind, source: ./a, target: /a}] | a mapping | write ./a:/a",
        "working_dir: /tmp | the unknown key 'working_dir' in an agent | it is called 'directory'"
            + " here",
        "build: . | the unknown key 'build' in an agent | name it under 'image'",
        "networks: [back] | the unknown key 'networks' in an agent | ${address@AGENT}",
        "user: nobody | the unknown key 'user' in an agent | as the user who runs Flotilla",
      })
  void isToldOurWord(String line, String found, String advice) {
    List<Problem> problems =
        problems("agents:\n  b: {command: x}\n  a:\n    image: i\n    " + line + "\n");
    assertThat(problems)
        .as(lines(problems))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.found()).isEqualTo(found);
              assertThat(problem.advice()).contains(advice);
              assertThat(problem.where().line()).isEqualTo(5);
            });
  }

  @Test
  void aProgramUnderAnotherNameIsOneMistakeAndNotTwo() {
    assertThat(problem("agents:\n  a:\n    ExecStart: x\n").advice())
        .isEqualTo("it is called 'command' here");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "version: '3' | a manifest has no version",
        "name: demo | fleet: NAME",
        "services: {a: {}} | flotilla import FILE",
        "processes: {a: {}} | write 'agents'",
        "networks: {back: {}} | the network of their machine",
        "environment: [A=B] | defaults: {env: {NAME: value}}",
      })
  void atTheTop(String line, String advice) {
    assertThat(problem(line + "\nagents: {a: {command: x}}\n").advice()).contains(advice);
  }

  @Test
  void agentsMayHaveNamesThatAreKeysElsewhere() {
    Manifests.fleet(
        """
        agents:
          agent: {command: x}
          condition: {command: x}
          a: {command: x, needs: [{agent: started, condition: completed}], stop: 0}
        """);
  }
}
