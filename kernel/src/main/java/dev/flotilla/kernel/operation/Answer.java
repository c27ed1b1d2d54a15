package dev.flotilla.kernel.operation;

import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.kernel.wire.Encoding;
import java.util.Map;

/** What came of a request: the encoded response, or the failure. */
sealed interface Answer {

  @SuppressWarnings("ArrayRecordComponent")
  record Done(byte[] data) implements Answer {}

  record Failed(Failure failure) implements Answer {}

  /** What is sent: the response, or the failure as {@code {"error":{…}}}. */
  default byte[] body(Encoding encoding) {
    return switch (this) {
      case Done(byte[] data) -> data;
      case Failed(Failure failure) -> encoding.write(Map.of("error", failure));
    };
  }
}
