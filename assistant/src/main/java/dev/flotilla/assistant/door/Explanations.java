package dev.flotilla.assistant.door;

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

  /** The newest first. */
  synchronized List<Explanation> newest(int most) {
    List<Trace> all = new ArrayList<>(traces.values());
    return all.reversed().stream().limit(most).map(Trace::explanation).toList();
  }
}
