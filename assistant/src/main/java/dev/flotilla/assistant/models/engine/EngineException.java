package dev.flotilla.assistant.models.engine;

/** A model could not be loaded; the message is for people. */
public final class EngineException extends Exception {
  private static final long serialVersionUID = 1L;

  public EngineException(String message) {
    super(message);
  }
}
