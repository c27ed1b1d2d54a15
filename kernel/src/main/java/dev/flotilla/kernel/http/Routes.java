package dev.flotilla.kernel.http;

import dev.flotilla.kernel.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a listener answers. Paths may hold {@code {name}} for one segment and end in {@code /*} for
 * anything below; the first route that fits answers. Filled by one thread before the listener
 * starts.
 */
public final class Routes {
  private final List<Route> routes = new ArrayList<>();
  private final List<Form> forms = new ArrayList<>();
  private final List<Guests> guests = new ArrayList<>();

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

  /** How failures are told under a path, where they are not told as everywhere else. */
  @FunctionalInterface
  public interface FailureForm {
    HttpResponse of(Failure failure);
  }

  /**
   * @param prefix such as {@code /v1/}
   */
  record Form(String prefix, FailureForm form) {}

  /** Tells failures of the listener under a prefix in another form, such as another API's. */
  public Routes failures(String prefix, FailureForm form) {
    forms.add(new Form(prefix, form));
    return this;
  }

  /**
   * @param prefix such as {@code /v1/}
   */
  record Guests(String prefix, Predicate<HttpRequest> known) {}

  /**
   * Lets in under a prefix who does not have the listener's token but is known otherwise, such as
   * by a key of its own. The request that is looked at has no body.
   */
  public Routes admit(String prefix, Predicate<HttpRequest> known) {
    guests.add(new Guests(prefix, known));
    return this;
  }

  /** Whether it is let in without the listener's token. */
  boolean admits(HttpRequest request) {
    return guests.stream()
        .anyMatch(each -> request.path().startsWith(each.prefix()) && each.known().test(request));
  }

  /** How a failure of a path is told. */
  HttpResponse failure(String path, Failure failure) {
    for (Form each : forms) {
      if (path.startsWith(each.prefix())) {
        return each.form().of(failure);
      }
    }
    return HttpResponse.failure(failure);
  }

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
