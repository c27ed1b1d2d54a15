package dev.flotilla.node.run;

import dev.flotilla.model.Agent;
import dev.flotilla.model.Messaging;
import dev.flotilla.node.core.RunId;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The environment every agent gets: what the node itself has, the fleet's variables, the agent's
 * ports, and on top what the manifest says.
 *
 * @param inherited of the node
 * @param fleet the fleet's name
 * @param state the fleet's state folder
 * @param busUrl with credentials; asked at every start
 * @param messaging how agents talk; asked at every start
 * @param json writes the agent's configuration
 */
public record AgentEnvironment(
    Map<String, String> inherited,
    String fleet,
    String state,
    Supplier<String> busUrl,
    Supplier<Messaging> messaging,
    Function<Map<String, Object>, String> json) {

  /** Marks everything an agent starts, see {@link RunId}. */
  public static final String RUN_ID = "FLOTILLA_RUN_ID";

  public AgentEnvironment {
    inherited = Map.copyOf(inherited);
  }

  /** Of agents that talk as agents do. */
  public AgentEnvironment(
      Map<String, String> inherited,
      String fleet,
      String state,
      Supplier<String> busUrl,
      Function<Map<String, Object>, String> json) {
    this(inherited, fleet, state, busUrl, () -> Messaging.DEFAULT, json);
  }

  /** All variables of one run. */
  public Map<String, String> of(Agent agent, RunId run) {
    Map<String, String> all = new LinkedHashMap<>();
    inherited.forEach(
        (name, value) -> {
          if (!name.startsWith("FLOTILLA_")) {
            all.put(name, value);
          }
        });
    all.putAll(given(agent, run));
    return all;
  }

  /** Those that the fleet and the manifest give, without what the node has. */
  public Map<String, String> given(Agent agent, RunId run) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("FLOTILLA_FLEET", fleet);
    all.put("FLOTILLA_AGENT", agent.id().name());
    all.put("FLOTILLA_MACHINE", agent.id().machine());
    all.put("FLOTILLA_GROUP", agent.group());
    all.put("FLOTILLA_STATE", state);
    String bus = busUrl.get();
    if (!bus.isEmpty()) {
      all.put("FLOTILLA_BUS_URL", bus);
      Messaging talk = messaging.get();
      all.put("FLOTILLA_CALL_TIMEOUT", seconds(talk.timeout()));
      all.put("FLOTILLA_BATCH_MESSAGES", Integer.toString(talk.batch().messages()));
      all.put("FLOTILLA_BATCH_DELAY", seconds(talk.batch().delay()));
    }
    agent
        .port()
        .ifPresent(
            port -> {
              all.put("PORT", Integer.toString(port));
              all.put("FLOTILLA_PORT", Integer.toString(port));
            });
    agent
        .ports()
        .forEach(
            (name, port) -> {
              if (!name.equals(Agent.MAIN_PORT)) {
                all.put(portVariable(name), Integer.toString(port));
              }
            });
    if (!agent.config().isEmpty()) {
      all.put("FLOTILLA_CONFIG", json.apply(agent.config()));
    }
    all.putAll(agent.environment());
    all.put(RUN_ID, run.text());
    return all;
  }

  private static String seconds(Duration span) {
    return BigDecimal.valueOf(span.toNanos(), 9).stripTrailingZeros().toPlainString();
  }

  static String portVariable(String name) {
    return "FLOTILLA_PORT_" + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }
}
