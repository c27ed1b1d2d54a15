package dev.flotilla.kernel.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Finds the route for a request. Immutable. */
final class RouteTable {
  private final List<Entry> entries;

  RouteTable(List<Routes.Route> routes) {
    entries = routes.stream().map(route -> new Entry(route, segments(route.path()))).toList();
  }

  /** What a look-up finds. */
  sealed interface Match {}

  /**
   * @param parameters what stood at the names of the path, decoded
   */
  record Found(Routes.Handler handler, Map<String, String> parameters) implements Match {}

  /** The path is known, the method is not. */
  record OtherMethods(List<String> methods) implements Match {}

  /** No route has the path. */
  record NoPath() implements Match {}

  /**
   * @param method upper case; HEAD finds the routes of GET
   * @param path still encoded
   */
  Match match(String method, String path) {
    String wanted = method.equals("HEAD") ? "GET" : method;
    List<String> segments = segments(path).stream().map(RouteTable::decoded).toList();
    TreeSet<String> others = new TreeSet<>();
    for (Entry entry : entries) {
      Optional<Map<String, String>> parameters = fit(entry.pattern(), segments);
      if (parameters.isPresent()) {
        if (entry.route().method().equals(wanted)) {
          return new Found(entry.route().handler(), parameters.get());
        }
        others.add(entry.route().method());
      }
    }
    return others.isEmpty() ? new NoPath() : new OtherMethods(List.copyOf(others));
  }

  private static Optional<Map<String, String>> fit(List<String> pattern, List<String> path) {
    boolean open = !pattern.isEmpty() && pattern.getLast().equals("*");
    int fixed = open ? pattern.size() - 1 : pattern.size();
    if (open ? path.size() < fixed : path.size() != fixed) {
      return Optional.empty();
    }
    Map<String, String> parameters = Map.of();
    for (int i = 0; i < fixed; i++) {
      String part = pattern.get(i);
      String given = path.get(i);
      if (part.startsWith("{") && part.endsWith("}")) {
        parameters = parameters.isEmpty() ? new LinkedHashMap<>() : parameters;
        parameters.put(part.substring(1, part.length() - 1), given);
      } else if (!part.equals(given)) {
        return Optional.empty();
      }
    }
    return Optional.of(parameters);
  }

  private static String decoded(String segment) {
    return segment.indexOf('%') < 0
        ? segment
        : URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static List<String> segments(String path) {
    List<String> segments = new ArrayList<>();
    for (String segment : path.split("/", -1)) {
      if (!segment.isEmpty()) {
        segments.add(segment);
      }
    }
    return segments;
  }

  private record Entry(Routes.Route route, List<String> pattern) {}
}
