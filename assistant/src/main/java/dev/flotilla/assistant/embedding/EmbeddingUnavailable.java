package dev.flotilla.assistant.embedding;

/** The model cannot be used on this machine now; the message says why. */
public final class EmbeddingUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EmbeddingUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
