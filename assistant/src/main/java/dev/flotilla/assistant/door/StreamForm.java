package dev.flotilla.assistant.door;

import dev.flotilla.assistant.door.api.ApiError;
import dev.flotilla.assistant.upstream.Reply;
import dev.flotilla.assistant.upstream.Usage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** How a stream is worded for its reader. For one thread. */
interface StreamForm {

  /** Does not flush. */
  void part(Reply.Chunk chunk, OutputStream out) throws IOException;

  void end(Usage usage, OutputStream out) throws IOException;

  void error(ApiError error, OutputStream out) throws IOException;

  /** The parts as they come from OpenAI's chat API. */
  static StreamForm chat(boolean wantsUsage) {
    return new StreamForm() {
      @Override
      public void part(Reply.Chunk chunk, OutputStream out) throws IOException {
        boolean onlyUsage = chunk.tree().path("choices").isEmpty() && chunk.tree().has("usage");
        if (!onlyUsage || wantsUsage) {
          data(chunk.json(), out);
        }
      }

      @Override
      public void end(Usage usage, OutputStream out) throws IOException {
        data("[DONE]", out);
      }

      @Override
      public void error(ApiError error, OutputStream out) throws IOException {
        data(error.json().toString(), out);
      }
    };
  }

  private static void data(String json, OutputStream out) throws IOException {
    out.write(("data: " + json + "\n\n").getBytes(StandardCharsets.UTF_8));
  }
}
