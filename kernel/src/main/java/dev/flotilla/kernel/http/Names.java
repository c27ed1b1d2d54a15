package dev.flotilla.kernel.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Names of the headers that are sent, which programs and manifests give; each is made once. */
final class Names {
  private static final Map<String, HeaderName> MADE = new ConcurrentHashMap<>();

  private Names() {}

  static HeaderName of(String name) {
    return MADE.computeIfAbsent(name, HeaderNames::create);
  }
}
