package dev.flotilla.kernel.http;

import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.kernel.failure.OperationException;
import io.helidon.common.uri.UriQuery;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request from the server's words into ours, and the answer back. */
final class Exchange implements Handler {
  private static final Logger log = LoggerFactory.getLogger(HttpListener.class);

  private static final String JSON = "application/json";
  private static final Header NO_SNIFFING =
      HeaderValues.createCached("X-Content-Type-Options", "nosniff");

  private static final byte[] NOTHING = {};

  private final HttpSettings settings;
  private final Guard guard;
  private final RouteTable routes;
  private final Routes failures;
  private final SlowBodies slowBodies;
  private final AtomicInteger answering = new AtomicInteger();

  Exchange(HttpSettings settings, Routes routes) {
    this.settings = settings;
    this.guard = new Guard(settings, routes::admits);
    this.routes = new RouteTable(routes.all());
    this.failures = routes;
    this.slowBodies = new SlowBodies(settings.bodyPatience());
  }

  void close() {
    slowBodies.close();
  }

  @Override
  public void handle(ServerRequest request, ServerResponse response) {
    answering.incrementAndGet();
    boolean whole = true;
    try {
      HttpRequest head = head(request);
      HttpResponse answer = answer(request, head);
      if (answer.body() instanceof HttpResponse.Streamed) {
        whole = false;
        answering.decrementAndGet();
      }
      send(head, answer, response);
    } finally {
      if (whole) {
        answering.decrementAndGet();
      }
    }
  }

  /** Whether a request has come that is not wholly answered yet; streams do not count. */
  boolean answering() {
    return answering.get() > 0;
  }

  private HttpResponse answer(ServerRequest request, HttpRequest head) {
    Optional<Failure> refusal = guard.refuse(head);
    if (refusal.isPresent()) {
      HttpResponse refused = failures.failure(head.path(), refusal.get());
      return refusal.get().kind() == Failure.Kind.UNAUTHORISED && settings.tls().isPresent()
          ? refused.header("WWW-Authenticate", "Basic realm=\"flotilla\", charset=\"UTF-8\"")
          : refused;
    }
    return switch (routes.match(head.method(), request.path().rawPath())) {
      case RouteTable.Found found -> run(request, head, found);
      case RouteTable.OtherMethods(List<String> methods) ->
          failures
              .failure(
                  head.path(),
                  Failure.of(
                      Failure.Kind.BAD_REQUEST,
                      head.method() + " " + head.path(),
                      String.join(" or ", methods),
                      "Use another method."))
              .status(405)
              .header("Allow", String.join(", ", methods));
      case RouteTable.NoPath none ->
          failures.failure(
              head.path(),
              Failure.notFound(
                  "no " + head.path(), "a path of this listener", "See /openapi.json."));
    };
  }

  private HttpResponse run(ServerRequest request, HttpRequest head, RouteTable.Found found) {
    try {
      byte[] body = body(request);
      return found
          .handler()
          .handle(
              new HttpRequest(
                  head.method(),
                  head.path(),
                  found.parameters(),
                  head.query(),
                  head.headers(),
                  body));
    } catch (OperationException e) {
      return failures.failure(head.path(), e.failure());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failures.failure(
          head.path(),
          Failure.unavailable("the listener is closing", "a running one", "Try again later."));
    } catch (Exception e) {
      log.error("{} {} failed.", head.method(), head.path(), e);
      return failures.failure(
          head.path(),
          Failure.of(
              Failure.Kind.INTERNAL,
              "a fault in the service (" + e.getClass().getSimpleName() + ")",
              "an answer",
              "See the service's log."));
    }
  }

  private byte[] body(ServerRequest request) throws IOException {
    if (!request.content().hasEntity()) {
      return NOTHING;
    }
    try (SlowBodies.Reading _ = slowBodies.begin();
        InputStream in = request.content().inputStream()) {
      byte[] body = Bodies.read(in, request.headers().contentLength(), settings.maxBody() + 1);
      if (body.length > settings.maxBody()) {
        throw Failure.of(
                Failure.Kind.TOO_LARGE,
                "a body over " + settings.maxBody() + " bytes",
                "at most " + settings.maxBody() + " bytes",
                "Send less at a time.")
            .exception();
      }
      return body;
    } catch (IOException | RuntimeException e) {
      if (e instanceof OperationException tooLarge) {
        throw tooLarge;
      }
      log.debug("The body of {} did not come whole.", request.path().path(), e);
      throw Failure.of(
              Failure.Kind.BAD_REQUEST,
              "a body that ends too early, or takes too long",
              "as many bytes as the head announces, within " + settings.bodyPatience(),
              "Send it whole.")
          .exception();
    }
  }

  private void send(HttpRequest request, HttpResponse answer, ServerResponse response) {
    response.status(Status.create(answer.status()));
    response.header(
        answer.contentType().equals(JSON)
            ? HeaderValues.CONTENT_TYPE_JSON
            : HeaderValues.create(HeaderNames.CONTENT_TYPE, answer.contentType()));
    response.header(NO_SNIFFING);
    answer.headers().forEach((name, value) -> response.header(Names.of(name), value));
    switch (answer.body()) {
      case HttpResponse.Whole(byte[] data) -> {
        try {
          response.send(data);
        } catch (UncheckedIOException e) {
          throw new CloseConnectionException("the client has gone", e);
        }
      }
      case HttpResponse.Streamed(HttpResponse.StreamWriter writer) -> {
        try (OutputStream out = response.outputStream()) {
          writer.write(out);
        } catch (IOException | UncheckedIOException e) {
          log.debug("The reader of {} has gone.", request.path(), e);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  private static HttpRequest head(ServerRequest request) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (Header header : request.headers()) {
      headers.put(header.headerName().lowerCase(), header.allValues());
    }
    return new HttpRequest(
        request.prologue().method().text(),
        request.path().path(),
        Map.of(),
        query(request.query()),
        headers,
        NOTHING);
  }

  private static Map<String, List<String>> query(UriQuery given) {
    if (given.isEmpty()) {
      return Map.of();
    }
    Map<String, List<String>> query = new LinkedHashMap<>();
    given.names().forEach(name -> query.put(name, given.all(name)));
    return query;
  }
}
