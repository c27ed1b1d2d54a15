package dev.flotilla.kernel.operation;

import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.kernel.http.HttpRequest;
import dev.flotilla.kernel.http.HttpResponse;
import dev.flotilla.kernel.http.Routes;
import dev.flotilla.kernel.wire.Encoding;
import java.util.Optional;

/** Serves the operations of one service over HTTP. */
public final class HttpOperations {
  private HttpOperations() {}

  /**
   * Adds {@code POST /operations/{operation}}: the body in JSON or MessagePack by its content type,
   * the answer in the same; the header {@code Flotilla-Deadline} as on the bus.
   */
  public static void addTo(Routes routes, Dispatcher dispatcher) {
    routes.post("/operations/{operation}", request -> answer(dispatcher, request));
  }

  private static HttpResponse answer(Dispatcher dispatcher, HttpRequest request) {
    String contentType = request.header(Encoding.HEADER).orElse("");
    Optional<Encoding> encoding =
        contentType.isEmpty() && request.body().length == 0
            ? Optional.of(Encoding.JSON)
            : Encoding.of(contentType);
    if (encoding.isEmpty()) {
      return HttpResponse.failure(UnknownEncoding.failure(contentType));
    }
    Answer answer =
        dispatcher.answer(
            request.parameter("operation"),
            request.body(),
            encoding.get(),
            request.header(Deadline.HEADER).flatMap(Deadline::of));
    int status =
        switch (answer) {
          case Answer.Done done -> 200;
          case Answer.Failed(Failure failure) -> failure.kind().code();
        };
    return HttpResponse.bytes(encoding.get().contentType(), answer.body(encoding.get()))
        .status(status);
  }
}
