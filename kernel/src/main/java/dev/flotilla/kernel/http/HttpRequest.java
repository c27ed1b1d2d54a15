package dev.flotilla.kernel.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request, read whole.
 *
 * @param method upper case
 * @param path decoded, without query
 * @param parameters what stood at the {@code {names}} of the route's path, decoded
 * @param query names to values, decoded
 * @param headers lower-case names to values
 * @param body not copied; do not write to it
 */
@SuppressWarnings("ArrayRecordComponent")
public record HttpRequest(
    String method,
    String path,
    Map<String, String> parameters,
    Map<String, List<String>> query,
    Map<String, List<String>> headers,
    byte[] body) {

  /** What stood at {@code {name}}; the route must have it. */
  public String parameter(String name) {
    String value = parameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route has no {" + name + "} in its path");
    }
    return value;
  }

  /** The first value of a query parameter. */
  public Optional<String> query(String name) {
    return first(query.get(name));
  }

  private static Optional<String> first(@Nullable List<String> values) {
    return values == null || values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
  }

  /** The first value of a header, whatever the case of its name. */
  public Optional<String> header(String name) {
    return first(headers.get(name.toLowerCase(Locale.ROOT)));
  }
}
