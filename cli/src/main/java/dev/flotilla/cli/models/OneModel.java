package dev.flotilla.cli.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.model.Bytes;
import java.util.Map;

/** Changes one model and says how it is then. */
final class OneModel {
  private OneModel() {}

  static int change(Context context, String operation, Map<String, Object> request) {
    PoolClient pool = new PoolClient(context);
    JsonNode model = pool.ask(operation, request);
    while (operation.equals("load") && model.path("state").asText().equals("loading")) {
      model = pool.ask(operation, request);
    }
    if (context.options().json()) {
      context.printJson(model);
    } else {
      context.screen().line(sentence(model));
    }
    return ExitCode.OK;
  }

  private static String sentence(JsonNode model) {
    StringBuilder text = new StringBuilder(model.path("model").asText());
    text.append(" is ").append(model.path("state").asText());
    if (model.hasNonNull("card")) {
      text.append(" on ").append(model.path("card").asText());
    }
    long held = model.path("held").asLong();
    if (held > 0) {
      text.append(", ").append(new Bytes(held));
    }
    if (model.path("pinned").asBoolean()) {
      text.append(", pinned");
    }
    if (model.hasNonNull("address")) {
      text.append("; it answers on ").append(model.path("address").asText()).append("/v1");
    }
    return text.toString();
  }
}
