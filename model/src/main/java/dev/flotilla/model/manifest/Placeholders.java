package dev.flotilla.model.manifest;

import dev.flotilla.model.shape.Nearest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
    private static final Set<String> OWN = Set.of("port", "agent", "machine", "group", "fleet");

    @Override
    public Found find(String name) {
      int dot = name.indexOf('.');
      if (OWN.contains(dot < 0 ? name : name.substring(0, dot))) {
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

  /** The second stage: what belongs to one agent, or nothing outside of agents. */
  record Own(Map<String, String> values) implements Placeholders {
    @Override
    public Found find(String name) {
      return Optional.ofNullable(values.get(name))
          .<Found>map(Value::new)
          .orElseGet(
              () ->
                  new Missing(
                      values.isEmpty()
                          ? "no placeholder of an agent outside of agents"
                          : "one of " + String.join(", ", values.keySet()),
                      Nearest.to(name, values.keySet())
                          .map(near -> "did you mean ${" + near + "}?")
                          .orElse(
                              "declare the port, or write $${" + name + "} for the text itself")));
    }

    @Override
    public boolean last() {
      return true;
    }
  }
}
