package dev.flotilla.assistant.door;

import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.kernel.http.HttpRequest;
import dev.flotilla.kernel.http.HttpResponse;
import dev.flotilla.kernel.http.Routes;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The requests that run and the last that ended, so that they can be explained. Thread-safe. */
final class Explanations {
  private static final int MOST = 2_000;
  private static final int MOST_BYTES = 2 << 20;

  private final Map<String, Trace> running = new ConcurrentHashMap<>();
  private final LastBytes ended = new LastBytes(MOST, MOST_BYTES);

  void routes(Routes routes, Visitor visitor) {
    routes
        .get(
            "/requests",
            request ->
                visitor.admits(
                    request,
                    key -> HttpResponse.json(Map.of("requests", newest(100, visitor.sees(key))))))
        .get(
            "/requests/{id}",
            request -> visitor.admits(request, key -> explain(request, visitor.sees(key))));
  }

  void begun(Trace trace) {
    running.put(trace.id(), trace);
  }

  /** Only the first time counts. */
  void ended(Trace trace) {
    if (running.containsKey(trace.id())) {
      ended.add(trace.id().hashCode(), ExplanationBytes.of(trace.explanation()));
      running.remove(trace.id());
    }
  }

  /** It was no request of its own. */
  void forget(Trace trace) {
    running.remove(trace.id());
  }

  private Optional<Explanation> find(String id) {
    return Optional.ofNullable(running.get(id))
        .map(Trace::explanation)
        .or(
            () ->
                ended.find(id.hashCode()).stream()
                    .map(ExplanationBytes::read)
                    .filter(explanation -> explanation.id().equals(id))
                    .findFirst());
  }

  private HttpResponse explain(HttpRequest request, Predicate<String> seen) {
    String id = request.parameter("id");
    return find(id)
        .filter(explanation -> seen.test(explanation.key()))
        .map(HttpResponse::json)
        .orElseGet(
            () ->
                HttpResponse.failure(
                    Failure.notFound(
                        "no request " + id,
                        "one of the last requests, by the header "
                            + Door.REQUEST_ID
                            + " of its answer",
                        "See /requests; older ones are forgotten, and all at a restart.")));
  }

  /** Those that run, then those that ended; the newest of each first. */
  private List<Explanation> newest(int most, Predicate<String> seen) {
    Stream<Explanation> now =
        running.values().stream()
            .map(Trace::explanation)
            .sorted(Comparator.comparing(Explanation::at).reversed());
    Stream<Explanation> before = ended.newest(MOST).stream().map(ExplanationBytes::read);
    return Stream.concat(now, before)
        .filter(explanation -> seen.test(explanation.key()))
        .limit(most)
        .toList();
  }
}
