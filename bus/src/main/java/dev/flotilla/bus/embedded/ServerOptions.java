package dev.flotilla.bus.embedded;

import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How the embedded server runs.
 *
 * @param host the address to listen on
 * @param port 0 for any free one
 * @param name shown to clients
 * @param logins who is let in; everyone when empty
 * @param tls present when every client must encrypt
 */
public record ServerOptions(
    String host,
    int port,
    String name,
    List<Login> logins,
    Optional<SSLContext> tls,
    Limits limits) {

  public ServerOptions {
    logins = List.copyOf(logins);
  }

  /** On loopback, any free port, everyone let in, limits that fit this JVM's heap. */
  public static ServerOptions local() {
    Limits limits = Limits.fitting(Runtime.getRuntime().maxMemory());
    return new ServerOptions("127.0.0.1", 0, "flotilla", List.of(), Optional.empty(), limits);
  }

  public ServerOptions at(String address, int atPort) {
    return new ServerOptions(address, atPort, name, logins, tls, limits);
  }

  public ServerOptions named(String serverName) {
    return new ServerOptions(host, port, serverName, logins, tls, limits);
  }

  public ServerOptions withLogins(Login... allowed) {
    return new ServerOptions(host, port, name, List.of(allowed), tls, limits);
  }

  public ServerOptions withTls(SSLContext context) {
    return new ServerOptions(host, port, name, logins, Optional.of(context), limits);
  }

  public ServerOptions withLimits(Limits changed) {
    return new ServerOptions(host, port, name, logins, tls, changed);
  }
}
