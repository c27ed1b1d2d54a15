package dev.flotilla.assistant.models.gguf;

/** A file is not the GGUF file it should be; the message says what was found and expected. */
public final class GgufException extends Exception {
  private static final long serialVersionUID = 1L;

  GgufException(String message) {
    super(message);
  }
}
