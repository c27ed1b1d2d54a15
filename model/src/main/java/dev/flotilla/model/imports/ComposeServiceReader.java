package dev.flotilla.model.imports;

import dev.flotilla.model.imports.Draft.DraftAgent;
import dev.flotilla.model.imports.Draft.DraftNeed;
import dev.flotilla.model.shape.Scalars;
import dev.flotilla.model.yaml.YamlNode;
import dev.flotilla.model.yaml.YamlNode.Entry;
import dev.flotilla.model.yaml.YamlNode.Mapping;
import dev.flotilla.model.yaml.YamlNode.Scalar;
import dev.flotilla.model.yaml.YamlNode.Sequence;
import dev.flotilla.model.yaml.YamlValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one service of a compose file. */
final class ComposeServiceReader {
  private static final Pattern PUBLISHED =
      Pattern.compile("(?:([0-9.]+):)?(\\d{1,5}):(\\d{1,5})(?:/tcp)?");
  private static final Pattern RETRIES = Pattern.compile("on-failure:(\\d+)");

  private final Notes notes;
  private final Expressions expressions;
  private final String project;
  private final String service;
  private final Map<String, String> names;

  ComposeServiceReader(Notes notes, String project, String service, Map<String, String> names) {
    this.notes = notes;
    this.expressions = new Expressions(notes);
    this.project = project;
    this.service = service;
    this.names = names;
  }

  void read(DraftAgent agent, Taken taken) {
    image(agent, taken);
    taken.node("command").ifPresent(command -> agent.keys.put("command", command(command)));
    Map<Integer, Integer> published = new LinkedHashMap<>();
    taken.node("ports").ifPresent(ports -> ports(agent, ports, published));
    taken
        .node("healthcheck")
        .ifPresent(node -> new ComposeHealth(notes, expressions).read(agent, node, published));
    taken.node("depends_on").ifPresent(needs -> needs(agent, needs));
    taken.section("deploy").ifPresent(deploy -> deploy(agent, new Taken(deploy)));
    taken
        .scalar("restart")
        .ifPresentOrElse(
            restart -> restart(agent, restart),
            () ->
                notes.understood(
                    agent.where,
                    "a service without restart, which compose leaves as it ends",
                    "restarted, the default here; on-failure where others wait for its end"));
    taken.node("environment").ifPresent(environment -> environment(agent, environment));
    taken.node("volumes").ifPresent(volumes -> volumes(agent, volumes));
    taken.node("profiles").ifPresent(profiles -> profiles(agent, profiles));
    taken.left().forEach((name, entry) -> keep(agent, name, entry));
  }

  private void keep(DraftAgent agent, String name, Entry entry) {
    agent.keys.put("x-" + name, YamlValues.value(entry.value()));
    notes.kept(entry.key().where(), "'" + name + "' of services", "x-" + name + " of the agent");
  }

  private void image(DraftAgent agent, Taken taken) {
    var image = taken.scalar("image");
    if (image.isPresent()) {
      agent.keys.put("image", expressions.variables(image.get()));
    } else {
      String name = project + "-" + service + ":latest";
      agent.keys.put("image", name);
      notes.understood(
          agent.where,
          "a service that is built here and has no image",
          "image: " + name + ", as compose would call it; build it first");
    }
  }

  private Object command(YamlNode node) {
    return node instanceof Scalar scalar ? expressions.variables(scalar) : expressions.value(node);
  }

  private void ports(DraftAgent agent, YamlNode node, Map<Integer, Integer> published) {
    List<Object> other = new ArrayList<>();
    for (YamlNode item : node instanceof Sequence list ? list.items() : List.of(node)) {
      Matcher m = PUBLISHED.matcher(item instanceof Scalar scalar ? scalar.text() : "");
      if (m.matches()) {
        int host = Integer.parseInt(m.group(2));
        int inside = Integer.parseInt(m.group(3));
        published.put(inside, host);
        if (agent.keys.putIfAbsent("port", host) != null) {
          agent.ports.put("p" + host, host);
        }
        if (host != inside || m.group(1) != null) {
          other.add(m.group());
          notes.kept(
              item.where(),
              "a published port that is another inside the container",
              "the outer one as port, and both in x-published");
        }
      } else {
        other.add(YamlValues.value(item));
        notes.kept(item.where(), "a published port that is no pair of numbers", "x-published");
      }
    }
    if (!other.isEmpty()) {
      agent.keys.put("x-published", other);
    }
    if (published.size() > 1) {
      notes.understood(
          node.where(),
          "several published ports",
          "the first is port, the others are named p and their number");
    }
  }

  private void needs(DraftAgent agent, YamlNode node) {
    switch (node) {
      case Scalar name -> need(agent, name.text(), "started", name);
      case Sequence list ->
          list.items()
              .forEach(
                  item -> {
                    if (item instanceof Scalar name) {
                      need(agent, name.text(), "started", name);
                    }
                  });
      case Mapping mapping ->
          mapping
              .byKey()
              .forEach(
                  (name, entry) -> need(agent, name, condition(agent, name, entry), entry.key()));
    }
  }

  private String condition(DraftAgent agent, String name, Entry entry) {
    Taken taken =
        new Taken(entry.value() instanceof Mapping m ? m : Mapping.empty(entry.key().where()));
    String written = taken.scalar("condition").map(Scalar::text).orElse("service_started");
    taken
        .left()
        .forEach(
            (key, other) -> {
              agent.keys.put("x-depends_on-" + name + "-" + key, YamlValues.value(other.value()));
              notes.kept(other.key().where(), "'" + key + "' in depends_on", "x-depends_on-…");
            });
    return switch (written) {
      case "service_healthy" -> "healthy";
      case "service_completed_successfully" -> "completed";
      default -> "started";
    };
  }

  private void need(DraftAgent agent, String name, String condition, Scalar where) {
    agent.needs.add(new DraftNeed(names.getOrDefault(name, name), condition, where.where()));
  }

  private void deploy(DraftAgent agent, Taken deploy) {
    Map<String, Object> limits = new LinkedHashMap<>();
    deploy
        .section("resources")
        .ifPresent(
            section -> {
              Taken resources = new Taken(section);
              resources
                  .section("limits")
                  .ifPresent(
                      found -> {
                        Taken taken = new Taken(found);
                        taken
                            .scalar("cpus")
                            .ifPresent(
                                cpus -> limits.put("cpu", cores(expressions.variables(cpus))));
                        taken
                            .scalar("memory")
                            .ifPresent(
                                memory -> limits.put("memory", expressions.variables(memory)));
                        taken
                            .left()
                            .forEach((name, entry) -> keep(agent, "deploy-limits-" + name, entry));
                      });
              resources.left().forEach((name, entry) -> keep(agent, "deploy-" + name, entry));
            });
    if (!limits.isEmpty()) {
      agent.keys.put("limits", limits);
    }
    deploy.left().forEach((name, entry) -> keep(agent, "deploy-" + name, entry));
  }

  private static Object cores(String text) {
    return Scalars.decimal(text)
        .<Object>map(n -> n == Math.rint(n) ? (Object) n.intValue() : n)
        .orElse(text);
  }

  private void restart(DraftAgent agent, Scalar restart) {
    Matcher retries = RETRIES.matcher(restart.text());
    if (retries.matches()) {
      Map<String, Object> policy = new LinkedHashMap<>();
      policy.put("policy", "on-failure");
      policy.put("max_restarts", Integer.valueOf(retries.group(1)));
      agent.keys.put("restart", policy);
      return;
    }
    switch (restart.text()) {
      case "always", "unless-stopped" ->
          notes.understood(
              restart.where(), "restart: " + restart.text(), "restart always, the default");
      case "on-failure" -> agent.keys.put("restart", "on-failure");
      case "no", "false" -> agent.keys.put("restart", "never");
      default ->
          notes.lost(restart.where(), "restart: " + restart.text(), "restart always, the default");
    }
  }

  private void environment(DraftAgent agent, YamlNode node) {
    Map<String, Object> environment = new LinkedHashMap<>();
    switch (node) {
      case Mapping mapping ->
          mapping
              .byKey()
              .forEach(
                  (name, entry) ->
                      environment.put(
                          name,
                          entry.value() instanceof Scalar s
                              ? variable(name, s)
                              : String.valueOf(expressions.value(entry.value()))));
      case Sequence list ->
          list.items()
              .forEach(
                  item -> {
                    if (item instanceof Scalar pair) {
                      int equals = pair.text().indexOf('=');
                      String name = equals < 0 ? pair.text() : pair.text().substring(0, equals);
                      environment.put(
                          name,
                          equals < 0
                              ? "${" + name + ":-}"
                              : expressions.variables(
                                  pair.withText(pair.text().substring(equals + 1))));
                    }
                  });
      case Scalar scalar -> notes.lost(scalar.where(), "an environment that is one text", "none");
    }
    agent.keys.put("env", environment);
  }

  /** Without a value compose hands on its own variable. */
  private String variable(String name, Scalar scalar) {
    return scalar.isNull() ? "${" + name + ":-}" : expressions.variables(scalar);
  }

  private void volumes(DraftAgent agent, YamlNode node) {
    List<Object> simple = new ArrayList<>();
    List<Object> other = new ArrayList<>();
    for (YamlNode item : node instanceof Sequence list ? list.items() : List.of(node)) {
      if (item instanceof Scalar scalar) {
        simple.add(expressions.variables(scalar));
        if (scalar.text().startsWith("./")) {
          notes.understood(
              scalar.where(),
              "a volume relative to the compose file",
              "the same text, relative to the manifest");
        }
      } else {
        other.add(YamlValues.value(item));
        notes.kept(item.where(), "a volume in the long form", "x-volumes");
      }
    }
    if (!simple.isEmpty()) {
      agent.keys.put("volumes", simple);
    }
    if (!other.isEmpty()) {
      agent.keys.put("x-volumes", other);
    }
  }

  private void profiles(DraftAgent agent, YamlNode node) {
    agent.keys.put("required", false);
    agent.keys.put("lazy", true);
    agent.keys.put("x-profiles", YamlValues.value(node));
    notes.understood(
        node.where(),
        "a service with profiles, which starts only on demand",
        "required: false, lazy: true");
  }
}
