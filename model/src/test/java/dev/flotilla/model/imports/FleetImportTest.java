package dev.flotilla.model.imports;

import static dev.flotilla.model.imports.Imports.found;
import static dev.flotilla.model.imports.Imports.imported;
import static dev.flotilla.model.imports.Imports.source;
import static dev.flotilla.model.manifest.Manifests.agent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Bytes;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Launch;
import dev.flotilla.model.Need;
import dev.flotilla.model.Probe;
import dev.flotilla.model.Restart;
import dev.flotilla.model.Result;
import dev.flotilla.model.manifest.LoadOptions;
import dev.flotilla.model.manifest.Manifests;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FleetImportTest {
  private static final Source MAIN =
      source(
          "main_pc_code/config/startup_config.yaml",
          """
          global_settings:
            environment: {LOG_LEVEL: INFO, DEBUG: 'false', HOME_PATH: '${BASE}/x'}
            features: {RTAP: '${RTAP:-true}'}
            resource_limits: {cpu_percent: 80, memory_mb: 2048, max_threads: 4}
            health_checks: {interval_seconds: 30, timeout_seconds: 10, retries: 3}
            performance_tuning: {batch: true}
          policy: {strategy: local_first, threshold: 0.85}
          agent_groups:
            # a comment
            foundation:
              Registry:
                script_path: main/registry.py
                port: ${PORT_OFFSET}+7200
                health_check_port: ${PORT_OFFSET}+8200
                required: true
                dependencies: []
                config:
                  backend: ${BACKEND:-redis}
                  grpc_port: ${PORT_OFFSET}+5714
                  own_port: ${PORT_OFFSET}+7200
                  redis: {port: '${PORT_OFFSET}+6379'}
              Hub:
                script_path: main/hub.py
                port: 9100
                health_check_port: 9110
                dependencies: [Registry]
            speech:
              Voice:
                script_path: main/voice.py
                port: "${PORT_OFFSET}+6550"
                health_check_port: "${PORT_OFFSET}+7550"
                required: false
                dependencies: [Registry, Gone]
            docker_groups:
              infra: {description: the core, agents: [Registry]}
            speech_gpu:
              description: on the card
              agents: [Voice, Registry]
          """);
  private static final Source PC2 =
      source(
          "pc2_code/config/startup_config.yaml",
          """
          global_settings:
            environment: {LOG_LEVEL: DEBUG}
            resource_limits: {cpu_percent: 80, memory_mb: 4096, max_threads: 8}
            health_checks: {interval_seconds: 30, timeout_seconds: 10, retries: 3}
          pc2_services:
          - {name: Hub, script_path: pc2/hub.py, host: 0.0.0.0, port: 9100, health_check_port: 9110, required: true}
          - {name: Relay, script_path: pc2/relay.sh, host: 0.0.0.0, port: 7130, health_check_port: 8130, dependencies: [Hub, Voice]}
          - {name: Lone, script_path: pc2/lone.py, host: 0.0.0.0, port: 7131, health_check_port: 8131}
          health_checks: {start_period_seconds: 300}
          docker_groups:
            core: {description: all, agents: [Hub, Relay]}
          """);

  @Test
  void twoFilesBecomeOneFleetWithAMachineEach() {
    Imported imported = imported(MAIN, PC2);
    Fleet fleet = Imports.fleet(imported);

    assertThat(fleet.machines().keySet()).containsExactly("main_pc", "pc2");
    assertThat(fleet.groups().keySet())
        .containsExactly("foundation", "speech", "core", "pc2_services");
    assertThat(imported.parts())
        .extracting(Imported.Part::machine)
        .containsExactly("main_pc", "pc2");
    assertThat(imported.groups()).isEqualTo(fleet.groups().size());
    assertThat(imported.agents()).isEqualTo(6);
    Agent registry = agent(fleet, "Registry");
    assertThat(registry.launch())
        .isEqualTo(new Launch.Command(List.of("python3", "main/registry.py"), "/srv/fleet"));
    assertThat(registry.ports()).isEqualTo(Map.of("main", 7200, "health", 8200, "grpc", 5714));
    assertThat(registry.liveness())
        .contains(
            new Probe(
                new Probe.Http("127.0.0.1", 8200, "/health"),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                3,
                Duration.ofSeconds(30)));
    assertThat(registry.limits().memory()).contains(Bytes.ofMebibytes(2048));
    assertThat(registry.limits().cpu()).contains(0.8);
    assertThat(registry.family()).contains("infra");
    assertThat(registry.config())
        .isEqualTo(
            Map.of(
                "backend",
                "redis",
                "grpc_port",
                5714,
                "own_port",
                7200,
                "redis",
                Map.of("port", 6379)));
    assertThat(registry.environment())
        .isEqualTo(Map.of("LOG_LEVEL", "INFO", "DEBUG", "false", "HOME_PATH", "/x"));
    assertThat(agent(fleet, "Voice").required()).isFalse();
    assertThat(agent(fleet, "Voice").family()).contains("speech_gpu");
    Agent relay = agent(fleet, "Relay@pc2");
    assertThat(relay.needs().stream().map(Need::agent))
        .containsExactly(new AgentId("Hub", "pc2"), new AgentId("Voice", "main_pc"));
    assertThat(relay.limits().memory()).contains(Bytes.ofMebibytes(4096));
    assertThat(relay.liveness().map(Probe::startPeriod)).contains(Duration.ofMinutes(5));
    assertThat(fleet.flags()).containsKey("RTAP");
  }

  @Test
  void theOffsetMovesEveryPort() {
    Fleet fleet =
        Manifests.fleet(imported(MAIN).yaml(), LoadOptions.of(Map.of("PORT_OFFSET", "100")));
    assertThat(agent(fleet, "Registry").ports())
        .isEqualTo(Map.of("main", 7300, "health", 8300, "grpc", 5814));
    assertThat(agent(fleet, "Registry").config()).containsEntry("grpc_port", 5814);
  }

  @Test
  void everythingSpecialIsReported() {
    Imported imported = imported(MAIN, PC2);
    assertThat(found(imported, Note.Kind.UNDERSTOOD))
        .anySatisfy(n -> assertThat(n).contains("'docker_groups' among the agent groups"))
        .anySatisfy(n -> assertThat(n).contains("not indented enough"))
        .anySatisfy(n -> assertThat(n).contains("1 names on both main_pc and pc2: Hub"))
        .anySatisfy(
            n -> assertThat(n).contains("Relay on pc2 needs Voice, which is only on main_pc"))
        .anySatisfy(n -> assertThat(n).contains("${BASE} without a default"))
        .anySatisfy(n -> assertThat(n).contains("a list of 3 services"));
    assertThat(found(imported, Note.Kind.KEPT))
        .anySatisfy(
            n -> assertThat(n).contains("'policy', which has no place").endsWith("x-policy"))
        .anySatisfy(n -> assertThat(n).contains("max_threads"))
        .anySatisfy(n -> assertThat(n).contains("'host' of agents"))
        .anySatisfy(n -> assertThat(n).contains("Voice needs Gone, which is nowhere"));
    assertThat(found(imported, Note.Kind.LOST))
        .anySatisfy(n -> assertThat(n).contains("Registry in the container group speech_gpu too"))
        .anySatisfy(n -> assertThat(n).contains("1 lines of comments"));
  }

  @Test
  void noValueIsLost() {
    Imports.assertNothingIsLost(imported(MAIN, PC2), MAIN, PC2);
  }

  @Test
  void profilesPutGroupsOnMachines() {
    Source v3 =
        source(
            "config/startup_config.v3.yaml",
            """
            version: 3.0
            machine_profiles:
              mainpc: {enabled_groups: [core, big], note: strong}
              pc2: {enabled_groups: [core]}
            agent_groups:
              core:
                Registry: {script_path: r.py, port: 7200, health_check_port: 8200}
              big:
                Model: {script_path: m.py, port: 7300, health_check_port: 8300, dependencies: [Registry]}
              never:
                Off: {script_path: o.py, port: 7400, health_check_port: 8400}
            """);
    Imported imported = imported(v3);
    Fleet fleet = Imports.fleet(imported);
    assertThat(fleet.agents().keySet())
        .extracting(AgentId::toString)
        .containsExactly("Registry@mainpc", "Registry@pc2", "Model@mainpc");
    assertThat(fleet.groups().keySet()).containsExactly("core", "core-pc2", "big");
    assertThat(agent(fleet, "Model").needs().getFirst().agent())
        .isEqualTo(new AgentId("Registry", "mainpc"));
    assertThat(found(imported, Note.Kind.KEPT))
        .anySatisfy(
            n -> assertThat(n).contains("Off of the group never, which no machine enables"));
    Imports.assertNothingIsLost(imported, v3);
  }

  @Test
  void composeFiles() {
    Source compose =
        source(
            "shop/deploy/docker-compose.yml",
            """
            version: '3.8'
            services:
              api:
                image: api:1
                restart: on-failure:5
                ports: ["8080:80", "9000:9000"]
                environment: [MODE=prod, 'SECRET=${SECRET}', PASSED]
                volumes: ["./data:/data", {type: tmpfs, target: /tmp}]
                depends_on:
                  db: {condition: service_healthy}
                  job: {condition: service_completed_successfully}
                healthcheck:
                  test: ["CMD", "curl", "-f", "http://localhost:80/health"]
                  interval: 30s
                  retries: 3
                deploy: {resources: {limits: {cpus: '1.5', memory: 2G}, reservations: {memory: 1G}}}
                labels: [a=b]
              db:
                build: .
                restart: "no"
                command: postgres -c 'max_connections=50'
                ports: ["5432"]
                healthcheck: {test: pg_isready}
              job: {image: job:1, profiles: [debug], healthcheck: {test: [NONE]}}
            networks: {net: {driver: bridge}}
            """);
    Imported imported = imported(compose);
    Fleet fleet = Imports.fleet(imported);
    Agent api = agent(fleet, "api");
    assertThat(api.launch())
        .isEqualTo(new Launch.Image("api:1", Optional.empty(), List.of("./data:/data")));
    assertThat(api.group()).isEqualTo("shop");
    assertThat(api.ports()).isEqualTo(Map.of("main", 8080, "p9000", 9000));
    assertThat(api.restart().policy()).isEqualTo(Restart.Policy.ON_FAILURE);
    assertThat(api.restart().maxRestarts()).isEqualTo(5);
    assertThat(api.liveness().map(Probe::check))
        .contains(new Probe.Http("127.0.0.1", 8080, "/health"));
    assertThat(api.environment()).isEqualTo(Map.of("MODE", "prod", "SECRET", "", "PASSED", ""));
    assertThat(api.needs())
        .extracting(Need::condition)
        .containsExactly(new Need.Healthy(), new Need.Completed());
    assertThat(api.limits().cpu()).contains(1.5);
    Agent db = agent(fleet, "db");
    assertThat(db.launch())
        .isEqualTo(
            new Launch.Image(
                "shop-db:latest",
                Optional.of(List.of("postgres", "-c", "max_connections=50")),
                List.of()));
    assertThat(db.liveness().map(Probe::check))
        .contains(new Probe.Command(List.of("sh", "-c", "pg_isready")));
    assertThat(db.restart().policy()).isEqualTo(Restart.Policy.NEVER);
    assertThat(agent(fleet, "job").lazy()).isTrue();
    assertThat(agent(fleet, "job").restart().policy()).isEqualTo(Restart.Policy.ON_FAILURE);
    assertThat(agent(fleet, "job").liveness()).isEmpty();
    Imports.assertNothingIsLost(imported, compose);
  }

  @Test
  void whatCannotBeImportedIsSaidWithItsPlace() {
    assertThat(FleetImport.read("x", List.of(source("a.yaml", "[1]"))))
        .isInstanceOf(Result.Failed.class);
    assertThat(FleetImport.read("x", List.of(source("a.yaml", "a: ["))))
        .isInstanceOf(Result.Failed.class);
    assertThat(
            FleetImport.read("x", List.of(source("f.yaml", "machines: {}\nagents: {}"))).toString())
        .contains("it needs no import");
    byte[] latin = "a: \u00e4".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(
            FleetImport.read("x", List.of(new Source("l.yaml", latin, Optional.empty())))
                .toString())
        .contains("not UTF-8");
  }
}
