package dev.flotilla.assistant.models.inside;

import dev.flotilla.assistant.models.engine.Engine;
import dev.flotilla.assistant.models.engine.EngineException;
import dev.flotilla.assistant.models.engine.Order;
import dev.flotilla.kernel.http.Routes;
import dev.flotilla.model.Model;
import dev.flotilla.model.ModelRun;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToLongFunction;

/**
 * Models inside of this JVM. What calls native code runs on threads of the machine of its own, as
 * it would hold those of virtual threads.
 */
public final class InsideEngine implements Engine, AutoCloseable {
  private final Path libraries;
  private final String address;
  private final ToLongFunction<Model.Variant> context;
  private final ExecutorService machine =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("engine-", 1).factory());
  private final Map<String, LocalModel> loaded = new ConcurrentHashMap<>();
  private final Parked parked = new Parked();

  /**
   * @param libraries where native libraries are unpacked
   * @param port of the service's listener
   * @param context the tokens a variant is loaded for
   */
  public InsideEngine(Path libraries, int port, ToLongFunction<Model.Variant> context) {
    this.libraries = libraries;
    this.address = "http://127.0.0.1:" + port;
    this.context = context;
  }

  @Override
  public String load(Order order) throws EngineException, InterruptedException {
    Model model = order.model();
    LocalModel opened =
        onMachine(
            () -> {
              Path file =
                  Path.of(
                      order
                          .variant()
                          .source()
                          .orElseThrow(() -> new EngineException("it names no source")));
              int tokens = Math.toIntExact(context.applyAsLong(order.variant()));
              return switch (model.engine()) {
                case "llama.cpp" ->
                    LlamaCpp.open(
                        file,
                        libraries,
                        tokens,
                        Math.max(1, model.parallel()),
                        model.kind().equals("embedding"),
                        parked);
                case "onnx" -> OnnxSentences.open(file, libraries, tokens);
                default ->
                    throw new EngineException(
                        "the engine %s does not run inside of the service"
                            .formatted(model.engine()));
              };
            });
    loaded.put(ModelRun.agentName(model.name()), opened);
    return address + "/engines/" + ModelRun.agentName(model.name());
  }

  @Override
  public void unload(String model, String ignored) throws InterruptedException {
    LocalModel gone = loaded.remove(ModelRun.agentName(model));
    if (gone != null) {
      try {
        onMachine(
            () -> {
              gone.close();
              return true;
            });
      } catch (EngineException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private <T> T onMachine(Callable<T> work) throws EngineException, InterruptedException {
    try {
      return machine.submit(work).get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case EngineException known -> throw known;
        case RuntimeException bug -> throw bug;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    }
  }

  /** OpenAI's API of each loaded model, below {@code /engines/<its agent's name>/v1}. */
  public void serve(Routes routes) {
    new LocalApi(loaded, machine).addTo(routes);
  }

  /** Ends all models. */
  @Override
  public void close() {
    loaded.values().forEach(LocalModel::close);
    loaded.clear();
    machine.shutdown();
  }
}
