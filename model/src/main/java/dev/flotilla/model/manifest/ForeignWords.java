package dev.flotilla.model.manifest;

import dev.flotilla.model.shape.Hints;
import dev.flotilla.model.shape.Shape;
import dev.flotilla.model.shape.Type;
import dev.flotilla.model.yaml.YamlNode;
import java.util.Locale;
import java.util.Optional;

/**
 * The keys of Docker Compose, process-compose, systemd and Kubernetes that people bring along, and
 * what they are in a manifest. Written with or without capitals, hyphens and underscores.
 */
final class ForeignWords implements Hints {
  private static final String NEEDS =
      "write 'needs': a list of agents, or agents and what must hold of each, such as"
          + " needs: {Job: completed}";
  private static final String HEALTH =
      "write 'health', such as health: {http: /health, interval: 10s, failures: 3} or health:"
          + " {command: [pg_isready]}";
  private static final String LIMITS =
      "write 'limits', such as limits: {cpu: 0.5, memory: 512MiB, threads: 100}";
  private static final String RESTART =
      "write 'restart', such as restart: on-failure or restart: {policy: on-failure, backoff: 1s,"
          + " max_restarts: 5}";
  private static final String STOP = "write 'stop', such as stop: {signal: INT, grace: 20s}";
  private static final String NETWORK =
      "remove it: agents have the network of their machine, and find each other by"
          + " ${address@AGENT} and ${port@AGENT}";
  private static final String IMPORT =
      "write 'agents'; `flotilla import FILE -o fleet.yaml` makes a manifest of a compose file";

  @Override
  public Optional<Foreign> key(Shape shape, String key) {
    String word = key.toLowerCase(Locale.ROOT).replaceAll("[_-]", "");
    Optional<String> called = called(shape, word).filter(known -> shape.key(known).isPresent());
    if (called.isPresent()) {
      return called.map(Foreign.Called::new);
    }
    return written(shape, word).map(Foreign.Written::new);
  }

  private static Optional<String> called(Shape shape, String word) {
    if (shape.equals(AgentShape.PROBE)) {
      return switch (word) {
        case "test", "cmd", "exec" -> Optional.of("command");
        case "retries", "failurethreshold" -> Optional.of("failures");
        case "tcpsocket" -> Optional.of("tcp");
        case "startupdelay" -> Optional.of("start_period");
        default -> Optional.empty();
      };
    }
    if (shape.equals(AgentShape.LIMITS)) {
      return switch (word) {
        case "cpus" -> Optional.of("cpu");
        case "mem", "memlimit", "memorylimit", "memorymax" -> Optional.of("memory");
        case "pids", "pidslimit", "tasksmax" -> Optional.of("threads");
        default -> Optional.empty();
      };
    }
    if (shape.equals(AgentShape.RESTART)) {
      return switch (word) {
        case "condition", "restart" -> Optional.of("policy");
        case "delay" -> Optional.of("backoff");
        case "maxattempts", "maxretries" -> Optional.of("max_restarts");
        case "window" -> Optional.of("reset_after");
        default -> Optional.empty();
      };
    }
    if (shape.equals(AgentShape.STOP)) {
      return "timeout".equals(word) ? Optional.of("grace") : Optional.empty();
    }
    return switch (word) {
      case "workingdir", "workingdirectory", "workdir", "cwd" -> Optional.of("directory");
      case "cmd", "exec", "execstart", "run", "entrypoint" -> Optional.of("command");
      case "namespace", "slice" -> Optional.of("group");
      case "host", "node" -> Optional.of("machine");
      default -> Optional.empty();
    };
  }

  private static Optional<String> written(Shape shape, String word) {
    if (shape.equals(ManifestShape.FLEET)) {
      return inManifest(word);
    }
    if (shape.equals(AgentShape.AGENT) || shape.equals(AgentShape.DEFAULTS)) {
      return inAgent(word);
    }
    if (shape.equals(AgentShape.PROBE)) {
      return inProbe(word);
    }
    if (shape.equals(AgentShape.LIMITS) && (word.equals("limits") || word.equals("reservations"))) {
      return Optional.of(LIMITS + ", without a level between");
    }
    if (shape.equals(AgentShape.LOG_LINE) && word.equals("condition")) {
      return Optional.of("write the word in place of the mapping, such as {Job: completed}");
    }
    return Optional.empty();
  }

  private static Optional<String> inManifest(String word) {
    return switch (word) {
      case "name", "project" -> Optional.of("the name of the fleet is written fleet: NAME");
      case "services", "processes", "programs" -> Optional.of(IMPORT);
      case "version" -> Optional.of("remove it: a manifest has no version");
      case "volumes", "secrets", "configs" ->
          Optional.of("remove it: folders and files are named at the agents that use them");
      case "networks" -> Optional.of(NETWORK);
      case "env", "environment", "envfile" ->
          Optional.of("write the variables of all agents under defaults: {env: {NAME: value}}");
      default -> Optional.empty();
    };
  }

  private static Optional<String> inAgent(String word) {
    return switch (word) {
      case "dependson", "after", "requires", "wants", "bindsto", "links" -> Optional.of(NEEDS);
      case "healthcheck", "livenessprobe", "liveness", "startupprobe" -> Optional.of(HEALTH);
      case "readinessprobe", "ready" ->
          Optional.of("write 'readiness', such as readiness: {http: /ready, interval: 10s}");
      case "environment", "vars", "variables" ->
          Optional.of("write 'env', a mapping: env: {NAME: value}");
      case "envfile", "environmentfile" ->
          Optional.of(
              "write the variables under 'env'; ${NAME} stands for a variable of the environment");
      case "deploy",
          "resources",
          "memlimit",
          "memory",
          "memorymax",
          "cpus",
          "cpu",
          "cpuquota",
          "pidslimit",
          "tasksmax",
          "ulimits" ->
          Optional.of(LIMITS);
      case "gpus", "gpu", "runtime", "vram" ->
          Optional.of("write limits: {vram: 8GB}; a container with it sees every card");
      case "restartpolicy", "availability", "restartsec", "startlimitburst" -> Optional.of(RESTART);
      case "shutdown",
          "stopsignal",
          "stopgraceperiod",
          "killsignal",
          "timeoutstopsec",
          "execstop" ->
          Optional.of(STOP);
      case "args", "arguments" -> Optional.of("write them behind the program under 'command'");
      case "build", "dockerfile" ->
          Optional.of("build the image before, and name it under 'image'");
      case "containername", "hostname" ->
          Optional.of("remove it: an agent has the name it is under");
      case "networks", "networkmode", "expose" -> Optional.of(NETWORK);
      case "user", "groupadd", "privileged", "capadd" ->
          Optional.of("remove it: agents run as the user who runs Flotilla");
      case "replicas", "scale", "instances" -> Optional.of("write an agent for each");
      case "logging", "loglocation", "standardoutput" ->
          Optional.of("remove it: `flotilla logs AGENT` shows what an agent wrote");
      case "disabled", "enabled", "profiles" ->
          Optional.of("remove the agent, or write lazy: true to have it started on demand only");
      case "labels", "tags", "annotations" ->
          Optional.of("call it 'x-" + word + "': keys that begin so are yours, and ignored");
      case "stdinopen", "tty", "init" -> Optional.of("remove it");
      default -> Optional.empty();
    };
  }

  private static Optional<String> inProbe(String word) {
    return switch (word) {
      case "httpget", "url", "path" ->
          Optional.of("write http: /health, and the port under 'port'");
      case "periodseconds", "period" -> Optional.of("write interval: 10s");
      case "timeoutseconds" -> Optional.of("write timeout: 2s");
      case "initialdelayseconds", "initialdelay" -> Optional.of("write start_period: 30s");
      case "startinterval", "successthreshold" ->
          Optional.of("remove it: an agent that starts is asked in quick succession");
      case "disable" -> Optional.of("write health: none");
      default -> Optional.empty();
    };
  }

  @Override
  public Optional<String> value(Type type, YamlNode value) {
    return ForeignValues.advice(type, value);
  }
}
