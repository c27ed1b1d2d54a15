package dev.flotilla.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The manifest as any agent of the fleet may see it: of environment values only the addresses with
 * a port and the bare port numbers are left, of configured texts everything but what is named or
 * looks like a secret. Pure.
 */
public final class PublicFleet {
  private static final String HIDDEN = "•••";
  private static final Pattern SECRET_NAME =
      Pattern.compile("secret|token|passw|credential|private|(^|[^a-z])(api_?)?keys?($|[^a-z])");
  private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/@\\s]+@");
  private static final Pattern ADDRESS =
      Pattern.compile("(?:[\\w.-]+|\\*|\\[[\\da-fA-F:]+\\]):\\d{1,5}(?![\\w.])|^\\d{1,5}$");

  private PublicFleet() {}

  public static Fleet of(Fleet fleet) {
    Map<AgentId, Agent> agents = new LinkedHashMap<>();
    fleet.agents().forEach((id, agent) -> agents.put(id, hidden(agent)));
    Map<String, Machine> machines = new LinkedHashMap<>();
    fleet
        .machines()
        .forEach(
            (name, m) ->
                machines.put(
                    name,
                    new Machine(
                        m.name(),
                        m.address(),
                        m.cores(),
                        m.memory(),
                        m.gpus(),
                        environment(m.environment()))));
    Map<String, Model> models = new LinkedHashMap<>();
    fleet.models().forEach((name, model) -> models.put(name, hidden(model)));
    return new Fleet(
        fleet.name(),
        fleet.portSet(),
        fleet.portOffset(),
        fleet.bus().map(b -> new BusSettings(withoutUser(b.url()), b.credentialsFile())),
        fleet.messaging(),
        machines,
        fleet.groups(),
        agents,
        models,
        fleet.flags(),
        fleet.alerts(),
        fleet.router().map(PublicFleet::hidden));
  }

  private static Agent hidden(Agent a) {
    return new Agent(
        a.id(),
        a.group(),
        a.description(),
        hidden(a.launch()),
        a.ports(),
        a.liveness(),
        a.readiness(),
        a.needs(),
        a.limits(),
        a.restart(),
        a.stop(),
        a.required(),
        a.lazy(),
        environment(a.environment()),
        config(a.config()),
        a.family(),
        a.where());
  }

  private static Launch hidden(Launch launch) {
    return switch (launch) {
      case Launch.Service service -> service;
      case Launch.Command(List<String> argv, String directory) ->
          new Launch.Command(arguments(argv), directory);
      case Launch.Image(String reference, Optional<List<String>> argv, List<String> volumes) ->
          new Launch.Image(reference, argv.map(PublicFleet::arguments), volumes);
    };
  }

  private static Router hidden(Router r) {
    Map<String, Router.Target> targets = new LinkedHashMap<>();
    r.targets()
        .forEach(
            (name, t) ->
                targets.put(
                    name,
                    new Router.Target(
                        t.api(),
                        t.url().map(PublicFleet::withoutUser),
                        t.model(),
                        t.keyEnv(),
                        t.keyFile(),
                        t.pool(),
                        t.shares(),
                        t.flag(),
                        t.inputPrice(),
                        t.outputPrice(),
                        t.silence(),
                        t.resume())));
    return new Router(r.tasks(), targets, r.standard(), r.confidence(), r.judge());
  }

  private static Model hidden(Model m) {
    return new Model(
        m.name(),
        m.kind(),
        m.engine(),
        m.source().map(PublicFleet::withoutUser),
        m.vram(),
        m.machines(),
        m.pinned(),
        m.preload(),
        config(m.options()),
        m.variants().stream()
            .map(
                v ->
                    new Model.Variant(
                        v.name(), v.source().map(PublicFleet::withoutUser), v.vram(), v.context()))
            .toList(),
        m.context(),
        m.cards(),
        m.cpu(),
        m.idleTimeout(),
        m.loadTime(),
        m.parallel(),
        m.server()
            .map(
                s ->
                    new Model.Server(
                        arguments(s.command()),
                        s.directory(),
                        environment(s.environment()),
                        s.health(),
                        s.limits(),
                        s.loadTimeout())));
  }

  private static Map<String, String> environment(Map<String, String> environment) {
    Map<String, String> shown = new LinkedHashMap<>();
    environment.forEach(
        (name, value) -> shown.put(name, isSecret(name) ? HIDDEN : addresses(value)));
    return shown;
  }

  private static String addresses(String value) {
    String found =
        ADDRESS
            .matcher(withoutUser(value))
            .results()
            .map(r -> r.group())
            .collect(Collectors.joining(" "));
    return found.isEmpty() ? HIDDEN : found;
  }

  private static List<String> arguments(List<String> argv) {
    List<String> shown = new ArrayList<>();
    boolean hideNext = false;
    for (String argument : argv) {
      Matcher option = Pattern.compile("^(-{1,2}[^=]+)(=.*)?$").matcher(argument);
      boolean secret = option.matches() && isSecret(option.group(1));
      boolean withValue = secret && option.group(2) != null;
      shown.add(
          hideNext ? HIDDEN : withValue ? option.group(1) + "=" + HIDDEN : withoutUser(argument));
      hideNext = secret && !withValue;
    }
    return shown;
  }

  private static Map<String, Object> config(Map<String, Object> config) {
    Map<String, Object> shown = new LinkedHashMap<>();
    config.forEach(
        (key, value) -> shown.put(key, value == null || isSecret(key) ? HIDDEN : value(value)));
    return shown;
  }

  private static Object value(Object value) {
    return switch (value) {
      case String text -> withoutUser(text);
      case List<?> list -> list.stream().map(v -> v == null ? HIDDEN : value(v)).toList();
      case Map<?, ?> map -> {
        Map<String, Object> texts = new LinkedHashMap<>();
        map.forEach((key, inner) -> texts.put(String.valueOf(key), inner));
        yield config(texts);
      }
      default -> value;
    };
  }

  private static boolean isSecret(String name) {
    return SECRET_NAME.matcher(name.toLowerCase(Locale.ROOT)).find();
  }

  private static String withoutUser(String text) {
    return USER_INFO.matcher(text).replaceAll("");
  }
}
