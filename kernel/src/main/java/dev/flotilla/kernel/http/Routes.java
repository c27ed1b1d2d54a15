package dev.flotilla.kernel.http;

import java.util.ArrayList;
import java.util.List;

/**
 * What a listener answers. Paths may hold {@code {name}} for one segment and end in {@code /*} for
 * anything below; the first route that fits answers. Filled by one thread before the listener
 * starts.
 */
public final class Routes {
  private final List<Route> routes = new ArrayList<>();

  /** Answers one request, on a virtual thread of its own. */
  @FunctionalInterface
  public interface Handler {
    /**
     * An {@link dev.flotilla.kernel.failure.OperationException} becomes the answer it stands for;
     * anything else thrown is a bug, logged and answered with 500.
     */
    HttpResponse handle(HttpRequest request) throws Exception;
  }

  /**
   * @param method upper case
   */
  record Route(String method, String path, Handler handler) {}

  public Routes get(String path, Handler handler) {
    return add("GET", path, handler);
  }

  public Routes post(String path, Handler handler) {
    return add("POST", path, handler);
  }

  public Routes put(String path, Handler handler) {
    return add("PUT", path, handler);
  }

  public Routes delete(String path, Handler handler) {
    return add("DELETE", path, handler);
  }

  List<Route> all() {
    return List.copyOf(routes);
  }

  private Routes add(String method, String path, Handler handler) {
    routes.add(new Route(method, path, handler));
    return this;
  }
}
