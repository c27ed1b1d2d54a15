package dev.flotilla.model.manifest;

import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Launch;
import dev.flotilla.model.Limits;
import dev.flotilla.model.Machine;
import dev.flotilla.model.Probe;
import dev.flotilla.model.Problems;
import dev.flotilla.model.Restart;
import dev.flotilla.model.StopPolicy;
import dev.flotilla.model.yaml.YamlNode;
import dev.flotilla.model.yaml.YamlNode.Mapping;
import dev.flotilla.model.yaml.YamlNode.Scalar;
import dev.flotilla.model.yaml.YamlValues;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads one agent whose layers are merged. */
final class AgentReader {
  private static final List<String> LAUNCHES = List.of("service", "command", "image");

  private final String fleet;
  private final Path folder;
  private final PortPlan plan;
  private final NeedReader needs;
  private final Problems problems;

  AgentReader(String fleet, Path folder, PortPlan plan, NeedReader needs, Problems problems) {
    this.fleet = fleet;
    this.folder = folder;
    this.plan = plan;
    this.needs = needs;
    this.problems = problems;
  }

  /**
   * @param merged what stands at the agent, over the defaults
   * @param others finds placeholders that name another agent
   */
  Agent read(
      AgentDraft draft,
      Machine machine,
      Mapping merged,
      AgentPorts ports,
      Function<String, Optional<String>> others) {
    AgentId id = draft.id();
    Fields fields =
        new Fields(
            new Substitution(problems)
                .mapping(
                    merged, new Placeholders.Own(placeholders(draft, machine, ports), others)));
    ProbeReader probes = new ProbeReader(id, ports, plan, problems);
    Launch launch = launch(draft, fields);
    for (String key : List.of("health", "readiness")) {
      requireCheck(draft.own(), fields, key, launch);
    }
    return new Agent(
        id,
        draft.group(),
        fields.text("description"),
        launch,
        ports.byName(),
        liveness(fields, probes, launch),
        readiness(fields, probes, launch),
        needs.read(id, fields.mapping().get("needs")),
        limits(fields),
        restart(fields),
        stop(fields),
        fields.yesNo("required", true),
        fields.yesNo("lazy", false),
        environment(fields),
        fields.section("config").map(config -> YamlValues.map(config.mapping())).orElse(Map.of()),
        fields.text("family"),
        draft.where());
  }

  private Map<String, String> placeholders(AgentDraft draft, Machine machine, AgentPorts ports) {
    Map<String, String> values = new LinkedHashMap<>();
    ports.named(Agent.MAIN_PORT).ifPresent(port -> values.put("port", port.toString()));
    ports.byName().forEach((name, port) -> values.put("port." + name, port.toString()));
    values.put("agent", draft.id().name());
    values.put("group", draft.group());
    values.put("machine", draft.id().machine());
    values.put("machine.address", machine.address());
    values.put("fleet", fleet);
    return values;
  }

  private Optional<Probe> liveness(Fields fields, ProbeReader probes, Launch launch) {
    return none(fields, "health")
        ? Optional.empty()
        : probes
            .read(fields, "health")
            .or(() -> probes.ofService(timing(fields, "health"), launch));
  }

  private Optional<Probe> readiness(Fields fields, ProbeReader probes, Launch launch) {
    return none(fields, "readiness") || none(fields, "health")
        ? Optional.empty()
        : probes
            .read(fields, "readiness")
            .or(
                () ->
                    probes.readinessOfService(
                        fields.section("readiness").orElse(timing(fields, "health")), launch));
  }

  private static boolean none(Fields fields, String key) {
    return fields.text(key).filter(text -> text.equals("none")).isPresent();
  }

  private static Fields timing(Fields fields, String key) {
    return fields.section(key).orElse(new Fields(Mapping.empty(fields.mapping().where())));
  }

  private void requireCheck(Fields own, Fields merged, String key, Launch launch) {
    boolean asked =
        merged.section(key).filter(s -> Defaults.CHECKS.stream().anyMatch(s::has)).isPresent();
    if (own.section(key).isPresent() && !asked && !(launch instanceof Launch.Service)) {
      problems.error(
          own.whereKey(key),
          key + " that does not say what is asked",
          "one of " + String.join(", ", Defaults.CHECKS),
          "write http: /health, or tcp: true");
    }
  }

  private Launch launch(AgentDraft draft, Fields fields) {
    List<String> named = LAUNCHES.stream().filter(fields::has).toList();
    boolean image = fields.has("image");
    if (named.isEmpty()) {
      problems.error(
          draft.where(),
          "the agent '" + draft.id().name() + "' that does not say how it is started",
          "one of " + String.join(", ", LAUNCHES),
          "add command: PROGRAM ARGUMENTS");
    } else if (named.size() > 1 && !named.equals(List.of("command", "image"))) {
      problems.error(
          fields.whereKey(named.get(1)),
          String.join(" and ", named) + " of one agent",
          "one of them",
          "keep one; only command and image go together");
    }
    if (fields.has("volumes") && !image) {
      problems.error(
          fields.whereKey("volumes"), "volumes without an image", "image:", "remove volumes");
    }
    Optional<YamlNode> command = fields.mapping().get("command");
    List<String> words = command.map(node -> CommandLine.words(node, problems)).orElse(List.of());
    if (fields.has("service")) {
      return new Launch.Service(
          fields.text("service").orElse(draft.id().name()),
          new ListenReader(folder, problems).read(fields));
    }
    if (draft.own().has("listen")) {
      problems.error(
          draft.own().whereKey("listen"),
          "listen of an agent that is no service",
          "listen at a service; what a command or image listens on is its own affair",
          "remove it, and tell the program by an argument or env");
    }
    return image
        ? new Launch.Image(
            fields.text("image").orElse(""), command.map(node -> words), fields.texts("volumes"))
        : new Launch.Command(words, directory(fields));
  }

  private String directory(Fields fields) {
    String written = fields.text("directory").orElse("");
    try {
      return folder.resolve(written).normalize().toString();
    } catch (InvalidPathException e) {
      problems.error(fields.where("directory"), "'" + written + "'", "a folder", "mend the path");
      return folder.toString();
    }
  }

  static Limits limits(Fields fields) {
    return fields
        .section("limits")
        .map(
            limits ->
                new Limits(
                    limits.decimal("cpu"),
                    limits.size("memory"),
                    limits.whole("threads"),
                    limits.size("vram")))
        .orElse(Limits.NONE);
  }

  private static Restart restart(Fields fields) {
    Restart standard = Restart.DEFAULT;
    return fields
        .section("restart")
        .map(
            restart ->
                new Restart(
                    restart.text("policy").flatMap(AgentReader::policy).orElse(standard.policy()),
                    restart.span("backoff").orElse(standard.backoff()),
                    restart.span("max_backoff").orElse(standard.maxBackoff()),
                    restart.decimal("jitter").orElse(standard.jitter()),
                    restart.span("reset_after").orElse(standard.resetAfter()),
                    restart.whole("max_restarts").orElse(standard.maxRestarts())))
        .orElse(standard);
  }

  private static Optional<Restart.Policy> policy(String text) {
    String name = text.toUpperCase(Locale.ROOT).replace('-', '_');
    for (Restart.Policy policy : Restart.Policy.values()) {
      if (policy.name().equals(name)) {
        return Optional.of(policy);
      }
    }
    return Optional.empty();
  }

  private static StopPolicy stop(Fields fields) {
    StopPolicy standard = StopPolicy.DEFAULT;
    return fields
        .section("stop")
        .map(
            stop ->
                new StopPolicy(
                    stop.text("signal").orElse(standard.signal()),
                    stop.span("grace").orElse(standard.grace())))
        .orElse(standard);
  }

  static Map<String, String> environment(Fields fields) {
    Map<String, String> environment = new LinkedHashMap<>();
    fields
        .entries("env")
        .forEach(
            (name, entry) -> {
              if (entry.value() instanceof Scalar scalar) {
                environment.put(name, scalar.text());
              }
            });
    return environment;
  }
}
