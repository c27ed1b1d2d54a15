package dev.flotilla.bus.embedded;

import io.nats.client.support.JsonParseException;
import io.nats.client.support.JsonParser;
import io.nats.client.support.JsonValue;
import io.nats.client.support.JsonValueUtils;
import java.util.Optional;

/**
 * What a client says of itself in CONNECT.
 *
 * @param echo whether it hears what it publishes
 * @param protocol 0 or 1
 */
record ConnectOptions(
    boolean verbose,
    boolean pedantic,
    boolean echo,
    boolean headers,
    boolean noResponders,
    long protocol,
    String name,
    Optional<String> token,
    Optional<String> user,
    Optional<String> password,
    Optional<String> nkey,
    Optional<String> signature) {

  /** A client that has not said anything yet. */
  static final ConnectOptions UNSAID =
      new ConnectOptions(
          false,
          false,
          true,
          false,
          false,
          0,
          "",
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  static ConnectOptions parse(String json) throws ProtocolException {
    JsonValue value;
    try {
      value = JsonParser.parse(json);
    } catch (JsonParseException | RuntimeException e) {
      throw ProtocolException.silent("CONNECT without proper JSON");
    }
    if (value.type != JsonValue.Type.MAP) {
      throw ProtocolException.silent("CONNECT takes a JSON object");
    }
    return new ConnectOptions(
        JsonValueUtils.readBoolean(value, "verbose", false),
        JsonValueUtils.readBoolean(value, "pedantic", false),
        JsonValueUtils.readBoolean(value, "echo", true),
        JsonValueUtils.readBoolean(value, "headers", false),
        JsonValueUtils.readBoolean(value, "no_responders", false),
        JsonValueUtils.readLong(value, "protocol", 0),
        text(value, "name").orElse(""),
        text(value, "auth_token"),
        text(value, "user"),
        text(value, "pass"),
        text(value, "nkey"),
        text(value, "sig"));
  }

  private static Optional<String> text(JsonValue value, String key) {
    return Optional.ofNullable(JsonValueUtils.readString(value, key));
  }

  @Override
  public String toString() {
    return "ConnectOptions[" + name + "]";
  }
}
