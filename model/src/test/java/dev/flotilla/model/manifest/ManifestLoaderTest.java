package dev.flotilla.model.manifest;

import static dev.flotilla.model.manifest.Manifests.agent;
import static dev.flotilla.model.manifest.Manifests.fleet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.BusSettings;
import dev.flotilla.model.Bytes;
import dev.flotilla.model.Flag;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Gpu;
import dev.flotilla.model.Group;
import dev.flotilla.model.Launch;
import dev.flotilla.model.Limits;
import dev.flotilla.model.Machine;
import dev.flotilla.model.Need;
import dev.flotilla.model.Probe;
import dev.flotilla.model.Restart;
import dev.flotilla.model.Result;
import dev.flotilla.model.StopPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ManifestLoaderTest {

  @Test
  void theSmallestManifestRunsOnThisMachine() {
    Fleet fleet = fleet("agents: {hello: {command: 'sleep 60'}}");

    assertThat(fleet.name()).isEqualTo("fleet");
    assertThat(fleet.machines().keySet()).containsExactly("local");
    assertThat(fleet.groups().keySet()).containsExactly("default");
    Agent hello = agent(fleet, "hello");
    assertThat(hello.launch()).isEqualTo(new Launch.Command(List.of("sleep", "60"), "/srv/fleet"));
    assertThat(hello.required()).isTrue();
    assertThat(hello.lazy()).isFalse();
    assertThat(hello.liveness()).isEmpty();
    assertThat(hello.restart()).isEqualTo(Restart.DEFAULT);
    assertThat(hello.stop()).isEqualTo(StopPolicy.DEFAULT);
    assertThat(hello.where()).hasToString("fleet.yaml:1:10");
  }

  @Test
  void everyKeyIsRead() {
    Fleet fleet =
        fleet(
            """
            fleet: voice
            description: two machines
            machines:
              mainpc:
                address: 192.168.100.16
                cores: 16
                memory: 64GB
                gpus: [{name: RTX 4090, vram: 24GB}]
                env: {CUDA_VISIBLE_DEVICES: 0}
              pc2: {address: 192.168.100.17}
            defaults:
              env: {LOG_LEVEL: INFO, DEBUG: false}
              health: {interval: 30s, failures: 5}
            groups:
              core:
                machine: mainpc
                description: what all need
                container: python-core
                defaults:
                  required: false
                  env: {LOG_LEVEL: WARN}
              relay: pc2
            agents:
              Registry:
                group: core
                description: who is there
                command: [python3, registry.py, --port, '${port}', "--url", "http://${machine.address}:${port.health}"]
                directory: agents
                port: 7200
                ports: {health: 8200}
                health: {http: /health, port: health, timeout: 500ms, start_period: 1m30s}
                readiness: tcp
                limits: {cpu: 0.5, memory: 512MiB, threads: 64, vram: 2GB}
                restart: {policy: on-failure, backoff: 2s, max_backoff: 2m, jitter: 0, reset_after: 5m, max_restarts: 9}
                stop: {signal: INT, grace: 3s}
                required: true
                lazy: true
                env: {OWN: '${agent} on ${machine} in ${group} of ${fleet}, cost: $$5'}
                config: {depth: {list: [1, 0.5, yes, true, '7']}, port: '${port}'}
                family: python-gpu
              Twin:
                group: core
                service: SystemDigitalTwin
                port: 7220
                needs: {Registry: {log: listening}, Relay: started}
              Relay@pc2:
                group: relay
                image: relay:1.2
                command: serve --quick
                volumes: ['data:/data']
                needs: [Registry: healthy]
            models:
              phi-3: {kind: chat, engine: llama.cpp, source: phi.gguf, vram: 3GB, machines: [mainpc], pinned: true, preload: true, options: {ctx: 4096}}
            flags:
              use_unified_memory: 10%
              quick: true
              router: {description: which model, variants: {small: phi-3, large: gpt}, default: small, split: {large: 12.5%}}
            alerts:
              hot: {when: gpu.temperature > 85, for: 1m, severity: critical, message: too hot}
            bus: {url: 'nats://mainpc:4222', credentials: bus.token}
            x-anything: {goes: here}
            """);

    assertThat(fleet.name()).isEqualTo("voice");
    assertThat(fleet.machines().get("mainpc"))
        .isEqualTo(
            new Machine(
                "mainpc",
                "192.168.100.16",
                Optional.of(16),
                Optional.of(new Bytes(64L << 30)),
                List.of(new Gpu(0, "RTX 4090", new Bytes(24L << 30))),
                Map.of("CUDA_VISIBLE_DEVICES", "0")));
    assertThat(fleet.groups().get("core"))
        .isEqualTo(
            new Group("core", "mainpc", Optional.of("python-core"), Optional.of("what all need")));

    Agent registry = agent(fleet, "Registry");
    assertThat(registry.launch())
        .isEqualTo(
            new Launch.Command(
                List.of(
                    "python3",
                    "registry.py",
                    "--port",
                    "7200",
                    "--url",
                    "http://192.168.100.16:8200"),
                "/srv/fleet/agents"));
    assertThat(registry.ports()).isEqualTo(Map.of("main", 7200, "health", 8200));
    assertThat(registry.liveness())
        .contains(
            new Probe(
                new Probe.Http("127.0.0.1", 8200, "/health"),
                Duration.ofSeconds(30),
                Duration.ofMillis(500),
                5,
                Duration.ofSeconds(90)));
    assertThat(registry.readiness().map(Probe::check)).contains(new Probe.Tcp("127.0.0.1", 7200));
    assertThat(registry.limits())
        .isEqualTo(
            new Limits(
                Optional.of(0.5),
                Optional.of(Bytes.ofMebibytes(512)),
                Optional.of(64),
                Optional.of(new Bytes(2L << 30))));
    assertThat(registry.restart())
        .isEqualTo(
            new Restart(
                Restart.Policy.ON_FAILURE,
                Duration.ofSeconds(2),
                Duration.ofMinutes(2),
                0,
                Duration.ofMinutes(5),
                9));
    assertThat(registry.stop()).isEqualTo(new StopPolicy("INT", Duration.ofSeconds(3)));
    assertThat(registry.required()).isTrue();
    assertThat(registry.lazy()).isTrue();
    assertThat(registry.family()).contains("python-gpu");
    assertThat(registry.environment())
        .containsExactly(
            Map.entry("LOG_LEVEL", "WARN"),
            Map.entry("DEBUG", "false"),
            Map.entry("CUDA_VISIBLE_DEVICES", "0"),
            Map.entry("OWN", "Registry on mainpc in core of voice, cost: $5"));
    assertThat(registry.config())
        .isEqualTo(
            Map.of("depth", Map.of("list", List.of(1, 0.5, "yes", true, "7")), "port", "7200"));

    Agent twin = agent(fleet, "Twin");
    assertThat(twin.required()).isFalse();
    assertThat(twin.launch()).isEqualTo(new Launch.Service("SystemDigitalTwin"));
    assertThat(twin.liveness().map(Probe::check))
        .contains(new Probe.Http("127.0.0.1", 7220, "/health"));
    assertThat(twin.readiness().map(Probe::check))
        .contains(new Probe.Http("127.0.0.1", 7220, "/ready"));
    assertThat(twin.liveness().map(Probe::check))
        .contains(new Probe.Http("127.0.0.1", 7220, "/health"));
    assertThat(twin.liveness().map(Probe::interval)).contains(Duration.ofSeconds(30));
    assertThat(twin.needs())
        .extracting(Need::agent, Need::condition)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                new AgentId("Registry", "mainpc"), new Need.LogLine("listening")),
            org.assertj.core.groups.Tuple.tuple(new AgentId("Relay", "pc2"), new Need.Started()));

    Agent relay = agent(fleet, "Relay@pc2");
    assertThat(relay.launch())
        .isEqualTo(
            new Launch.Image(
                "relay:1.2", Optional.of(List.of("serve", "--quick")), List.of("data:/data")));
    assertThat(relay.required()).isTrue();
    assertThat(relay.needs().getFirst().agent()).isEqualTo(registry.id());

    assertThat(fleet.models().get("phi-3"))
        .satisfies(
            model -> {
              assertThat(model.vram()).contains(new Bytes(3L << 30));
              assertThat(model.pinned()).isTrue();
              assertThat(model.options()).isEqualTo(Map.of("ctx", 4096));
            });
    assertThat(fleet.flags().get("use_unified_memory"))
        .isEqualTo(
            new Flag(
                "use_unified_memory",
                "",
                Map.of("on", true, "off", false),
                "off",
                List.of(new Flag.Share("on", 10))));
    assertThat(fleet.flags().get("quick"))
        .extracting(Flag::defaultVariant, Flag::split)
        .containsExactly("on", List.of());
    assertThat(fleet.flags().get("router"))
        .isEqualTo(
            new Flag(
                "router",
                "which model",
                Map.of("small", "phi-3", "large", "gpt"),
                "small",
                List.of(new Flag.Share("large", 12.5))));
    assertThat(fleet.alerts())
        .singleElement()
        .hasToString(
            "AlertRule[name=hot, condition=gpu.temperature > 85, after=PT1M, severity=critical,"
                + " message=too hot]");
    assertThat(fleet.bus())
        .contains(new BusSettings("nats://mainpc:4222", Optional.of("/srv/fleet/bus.token")));
  }

  @Test
  void theBuiltInFleetLoads() {
    Result<Fleet> result = ManifestLoader.loadBuiltIn(Path.of("/tmp"), Manifests.PLAIN);
    assertThat(result)
        .isInstanceOfSatisfying(
            Result.Ok.class,
            ok -> {
              Fleet fleet = (Fleet) ok.value();
              assertThat(fleet.name()).isEqualTo("foundation");
              assertThat(fleet.agents().values().stream().map(a -> a.port().orElse(0)))
                  .containsExactly(7200, 7220, 9000, 26002);
              assertThat(agent(fleet, "ObservabilityHub").needs()).hasSize(1);
            });
  }

  @Test
  void healthOfOneLayerReplacesTheKindOfTheLayerBelow() {
    Fleet fleet =
        fleet(
            """
            defaults: {health: {http: /health, port: health}}
            agents:
              web: {command: w, ports: {health: 1000}}
              own: {command: w, port: 1002, health: {http: /own}}
              raw: {command: r, port: 1001, health: {tcp: true, interval: 1s}}
              off: {command: o, health: none}
            """);
    assertThat(agent(fleet, "web").liveness().map(Probe::check))
        .contains(new Probe.Http("127.0.0.1", 1000, "/health"));
    assertThat(agent(fleet, "own").liveness().map(Probe::check))
        .contains(new Probe.Http("127.0.0.1", 1002, "/own"));
    assertThat(agent(fleet, "raw").liveness().map(Probe::check))
        .contains(new Probe.Tcp("127.0.0.1", 1001));
    assertThat(agent(fleet, "off").liveness()).isEmpty();
  }

  @Test
  void aliasesAndMergeKeysWork() {
    Fleet fleet =
        fleet(
            """
            x-common: &common {required: false, env: {A: 1}}
            agents:
              one: {<<: *common, command: c}
              two: {<<: *common, command: d, required: true}
            """);
    assertThat(agent(fleet, "one").required()).isFalse();
    assertThat(agent(fleet, "two").required()).isTrue();
    assertThat(agent(fleet, "two").environment()).isEqualTo(Map.of("A", "1"));
  }

  @Test
  void aBareNameMeansTheSameMachineFirst() {
    Fleet fleet =
        fleet(
            """
            machines: {a: {}, b: {}}
            groups: {ga: a, gb: b}
            agents:
              Hub@a: {group: ga, command: h}
              Hub@b: {group: gb, command: h}
              Lone: {group: gb, command: l}
              One: {group: ga, command: o, needs: [Hub, Lone]}
              Two: {group: gb, command: t, needs: [Hub, Hub@a]}
            """);
    assertThat(agent(fleet, "One@a").needs())
        .extracting(need -> need.agent().toString())
        .containsExactly("Hub@a", "Lone@b");
    assertThat(agent(fleet, "Two@b").needs())
        .extracting(need -> need.agent().toString())
        .containsExactly("Hub@b", "Hub@a");
    assertThat(fleet.shortName(new AgentId("Hub", "a"))).isEqualTo("Hub@a");
    assertThat(fleet.shortName(new AgentId("Lone", "b"))).isEqualTo("Lone");
  }

  @Test
  void aServiceWithoutAPortIsAskedByItsOwnNameOnTheBus() {
    Fleet fleet =
        Manifests.fleet(
            """
            fleet: f
            groups: {g: {}}
            agents:
              Second: {group: g, service: ServiceRegistry}
            """);
    assertThat(Manifests.agent(fleet, "Second").liveness().orElseThrow().check())
        .isEqualTo(new Probe.Bus("ServiceRegistry"));
  }
}
