package dev.flotilla.bus.embedded;

import io.nats.client.support.JsonValueUtils;
import io.nats.client.support.JsonValueUtils.MapBuilder;

/** What the server says of itself in INFO. */
record ServerInfo(
    String id, String name, String host, int port, int maxPayload, boolean auth, boolean tls) {

  /** The version of nats-server whose core protocol is spoken; clients compare it. */
  private static final String PROTOCOL_VERSION = "2.9.10";

  /**
   * @param nonce what to sign; empty when nobody must
   */
  String line(long clientId, String clientAddress, String nonce) {
    MapBuilder info =
        JsonValueUtils.mapBuilder()
            .put("server_id", id)
            .put("server_name", name)
            .put("version", PROTOCOL_VERSION)
            .put("proto", 1)
            .put("java", Runtime.version().feature())
            .put("host", host)
            .put("port", port)
            .put("headers", true)
            .put("max_payload", maxPayload)
            .put("client_id", clientId)
            .put("client_ip", clientAddress);
    if (auth) {
      info.put("auth_required", true);
    }
    if (tls) {
      info.put("tls_required", true);
    }
    if (!nonce.isEmpty()) {
      info.put("nonce", nonce);
    }
    return "INFO " + info.toJsonValue().toJson() + " \r\n";
  }
}
