package dev.flotilla.assistant.models.engine;

/** Loads models and takes them away. Thread-safe; calls block. */
public interface Engine {

  /**
   * Loads a model and waits until it serves.
   *
   * @return the address of its HTTP API, without a slash at the end; OpenAI's API is below {@code
   *     /v1}
   * @throws EngineException when it does not come to serve; then nothing of it is left
   */
  String load(Order order) throws EngineException, InterruptedException;

  /** Takes it away and waits until nothing of it is left. */
  void unload(String model, String machine) throws EngineException, InterruptedException;
}
