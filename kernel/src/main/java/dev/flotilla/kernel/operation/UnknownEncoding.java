package dev.flotilla.kernel.operation;

import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.kernel.wire.Encoding;

/** What a caller is told who writes in a form nobody here reads. */
final class UnknownEncoding {
  private UnknownEncoding() {}

  static Failure failure(String contentType) {
    return Failure.of(
        Failure.Kind.UNSUPPORTED_TYPE,
        contentType.isEmpty() ? "no content type" : "the content type " + contentType,
        Encoding.JSON.contentType() + " or " + Encoding.MESSAGE_PACK.contentType(),
        "Set the Content-Type header.");
  }
}
