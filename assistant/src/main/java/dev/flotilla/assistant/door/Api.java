package dev.flotilla.assistant.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.assistant.door.api.ApiException;
import dev.flotilla.assistant.door.api.RequestReader;
import dev.flotilla.assistant.door.api.ResponsesRequest;
import dev.flotilla.assistant.upstream.Call;
import dev.flotilla.kernel.http.HttpRequest;

/** The APIs that are answered. */
enum Api {
  CHAT(Call.Kind.CHAT),
  COMPLETIONS(Call.Kind.COMPLETION),
  EMBEDDINGS(Call.Kind.EMBEDDING),
  RESPONSES(Call.Kind.CHAT);

  private final Call.Kind kind;

  Api(Call.Kind kind) {
    this.kind = kind;
  }

  /**
   * A request that was read.
   *
   * @param body as a chat, a completion or an embedding
   * @param wording of its answer
   */
  record Read(ObjectNode body, Wording wording) {
    boolean stream() {
      return body.path("stream").asBoolean(false);
    }
  }

  Call.Kind kind() {
    return kind;
  }

  Read read(HttpRequest request) throws ApiException {
    ObjectNode body = RequestReader.object(request.body());
    return switch (this) {
      case RESPONSES ->
          new Read(
              RequestReader.checked(kind, ResponsesRequest.chat(body)), Wording.responses(body));
      case CHAT, COMPLETIONS ->
          new Read(RequestReader.checked(kind, body), Wording.asItComes(body));
      case EMBEDDINGS -> {
        ObjectNode checked = RequestReader.checked(kind, body);
        var _ = checked.remove("stream");
        yield new Read(checked, Wording.asItComes(body));
      }
    };
  }
}
