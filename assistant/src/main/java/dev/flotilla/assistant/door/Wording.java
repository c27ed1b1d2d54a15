package dev.flotilla.assistant.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.assistant.door.api.ResponsesAnswer;
import dev.flotilla.assistant.door.api.Vectors;
import dev.flotilla.assistant.upstream.Usage;

/** How answers are worded for whoever asked. Thread-safe. */
interface Wording {

  /**
   * @param id of the request
   */
  ObjectNode whole(ObjectNode answer, Usage usage, String id);

  /** For one stream. */
  StreamForm stream(String id);

  /** As the APIs of chats, completions and embeddings have it: what comes is passed on. */
  static Wording asItComes(ObjectNode request) {
    return new Wording() {
      @Override
      public ObjectNode whole(ObjectNode answer, Usage usage, String id) {
        return Vectors.encoded(request, answer);
      }

      @Override
      public StreamForm stream(String id) {
        return StreamForm.chat(
            request.path("stream_options").path("include_usage").asBoolean(false));
      }
    };
  }

  /** As the responses API has it. */
  static Wording responses(ObjectNode request) {
    return new Wording() {
      @Override
      public ObjectNode whole(ObjectNode answer, Usage usage, String id) {
        ObjectNode response = ResponsesAnswer.of(request, answer, id);
        response.set("usage", ResponsesAnswer.usage(usage));
        return response;
      }

      @Override
      public StreamForm stream(String id) {
        return new ResponsesForm(request, id);
      }
    };
  }
}
