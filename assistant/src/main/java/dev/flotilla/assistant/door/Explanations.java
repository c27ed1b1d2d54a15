package dev.flotilla.assistant.door;

import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.kernel.http.HttpRequest;
import dev.flotilla.kernel.http.HttpResponse;
import dev.flotilla.kernel.http.Routes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The last requests, so that they can be explained. Thread-safe. */
final class Explanations {
  private static final int MOST = 2_000;

  private final Map<String, Trace> traces = new LinkedHashMap<>();

  void routes(Routes routes) {
    routes
        .get("/requests", request -> HttpResponse.json(Map.of("requests", newest(100))))
        .get("/requests/{id}", this::explain);
  }

  synchronized void add(Trace trace) {
    traces.put(trace.id(), trace);
    if (traces.size() > MOST) {
      Iterator<String> oldest = traces.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }

  synchronized Optional<Explanation> find(String id) {
    return Optional.ofNullable(traces.get(id)).map(Trace::explanation);
  }

  private HttpResponse explain(HttpRequest request) {
    String id = request.parameter("id");
    return find(id)
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

  /** The newest first. */
  synchronized List<Explanation> newest(int most) {
    List<Trace> all = new ArrayList<>(traces.values());
    return all.reversed().stream().limit(most).map(Trace::explanation).toList();
  }
}
