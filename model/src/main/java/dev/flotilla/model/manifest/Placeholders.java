package dev.flotilla.model.manifest;

import dev.flotilla.model.shape.Nearest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What <code>${…}</code> stands for at one stage of reading. */
sealed interface Placeholders {

  /** What is found for a name. */
  sealed interface Found {}

  /** This text. */
  record Value(String text) implements Found {}

  /** Not known at this stage; it stays as written. */
  record Later() implements Found {}

  /** Nothing, unless a default is given. */
  record Missing(String expected, String advice) implements Found {}

  Found find(String name);

  /** Whether {@code $$} becomes {@code $} now. */
  boolean last();

  /** The first stage: environment variables. Flotilla's own names wait for the agent. */
  record Environment(Map<String, String> variables) implements Placeholders {
    private static final Set<String> OWN =
        Set.of("port", "agent", "machine", "group", "fleet", "model");
    private static final Pattern HEAD = Pattern.compile("([A-Za-z0-9_]*)[.@].*");

    @Override
    public Found find(String name) {
      if (OWN.contains(HEAD.matcher(name).replaceFirst("$1")) || name.startsWith("address@")) {
        return new Later();
      }
      String value = variables.get(name);
      return value == null || value.isEmpty()
          ? new Missing(
              "a variable that is set",
              "set " + name + " in the environment, or write a default: ${" + name + ":-value}")
          : new Value(value.replace("$", "$$"));
    }

    @Override
    public boolean last() {
      return false;
    }
  }

  /**
   * The second stage: what belongs to one agent, or nothing outside of agents.
   *
   * @param others finds what belongs to another agent, such as {@code port@Registry}
   */
  record Own(Map<String, String> values, Function<String, Optional<String>> others)
      implements Placeholders {

    static Own outsideOfAgents() {
      return new Own(Map.of(), name -> Optional.empty());
    }

    @Override
    public Found find(String name) {
      return Optional.ofNullable(values.get(name))
          .or(() -> others.apply(name))
          .<Found>map(Value::new)
          .orElseGet(() -> new Missing(expected(name), advice(name)));
    }

    private String expected(String name) {
      if (values.isEmpty()) {
        return "no placeholder of an agent outside of agents";
      }
      return name.indexOf('@') < 0
          ? "one of " + String.join(", ", values.keySet())
          : "port@AGENT, port.NAME@AGENT or address@AGENT of one agent of this manifest";
    }

    private String advice(String name) {
      return Nearest.to(name, values.keySet())
          .map(near -> "did you mean ${" + near + "}?")
          .orElse("declare the port, or write $${" + name + "} for the text itself");
    }

    @Override
    public boolean last() {
      return true;
    }
  }

  /** The second stage in models: what is known once a model is given a card and a port. */
  record OfModels() implements Placeholders {
    private static final List<String> KNOWN =
        List.of(
            "port",
            "model.source",
            "model.host",
            "model.context",
            "model.card",
            "model.layers",
            "model.variant");

    @Override
    public Found find(String name) {
      return KNOWN.contains(name)
          ? new Later()
          : new Missing(
              "one of " + String.join(", ", KNOWN),
              Nearest.to(name, KNOWN)
                  .map(near -> "did you mean ${" + near + "}?")
                  .orElse("write $${" + name + "} for the text itself"));
    }

    @Override
    public boolean last() {
      return true;
    }
  }
}
