package dev.flotilla.model.manifest;

import dev.flotilla.model.Limits;
import dev.flotilla.model.Model;
import dev.flotilla.model.Problems;
import dev.flotilla.model.yaml.YamlNode;
import dev.flotilla.model.yaml.YamlNode.Mapping;
import dev.flotilla.model.yaml.YamlNode.Scalar;
import dev.flotilla.model.yaml.YamlValues;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the models. */
final class ModelReader {
  private static final Duration LOAD_TIMEOUT = Duration.ofMinutes(5);

  /** Servers whose command need not be written. */
  private static final Map<String, List<String>> COMMANDS =
      Map.of(
          "llama-server",
          List.of(
              "llama-server",
              "--model",
              "${model.source}",
              "--host",
              "${model.host}",
              "--port",
              "${port}",
              "--ctx-size",
              "${model.context}",
              "--n-gpu-layers",
              "${model.layers}"),
          "vllm",
          List.of(
              "vllm",
              "serve",
              "${model.source}",
              "--host",
              "${model.host}",
              "--port",
              "${port}",
              "--max-model-len",
              "${model.context}"),
          "whisper-server",
          List.of(
              "whisper-server",
              "--model",
              "${model.source}",
              "--host",
              "${model.host}",
              "--port",
              "${port}"));

  /** Engines inside of the service. */
  private static final Set<String> INSIDE = Set.of("llama.cpp", "onnx");

  /** Of these a source is a file; of others it may be a name that the server knows. */
  private static final Set<String> OF_FILES =
      Set.of("llama.cpp", "onnx", "llama-server", "whisper-server");

  private final Path folder;
  private final Problems problems;

  ModelReader(Path folder, Problems problems) {
    this.folder = folder;
    this.problems = problems;
  }

  Model read(String name, Fields fields) {
    String engine = fields.text("engine").orElse(fields.has("command") ? "command" : "llama.cpp");
    List<Model.Variant> variants = new ArrayList<>();
    fields
        .entries("variants")
        .forEach(
            (variant, entry) -> {
              if (entry.value() instanceof Mapping mapping) {
                variants.add(variant(variant, new Fields(mapping), engine));
              } else if (entry.value() instanceof Scalar scalar) {
                variants.add(
                    new Model.Variant(
                        variant,
                        Optional.of(source(scalar.text(), engine)),
                        Optional.empty(),
                        Optional.empty()));
              }
            });
    Optional<Model.Server> server = server(name, fields, engine);
    return new Model(
        name,
        fields.text("kind").orElse("chat"),
        engine,
        fields.text("source").map(text -> source(text, engine)),
        fields.size("vram"),
        fields.texts("machines"),
        fields.yesNo("pinned", false),
        fields.yesNo("preload", false),
        fields.section("options").map(o -> YamlValues.map(o.mapping())).orElse(Map.of()),
        variants,
        fields.whole("context"),
        fields.texts("cards"),
        fields.yesNo("cpu", server.isEmpty()),
        fields.span("idle_timeout"),
        fields.span("load_time"),
        fields.whole("parallel").orElse(0),
        server);
  }

  private Model.Variant variant(String name, Fields fields, String engine) {
    return new Model.Variant(
        name,
        fields.text("source").map(text -> source(text, engine)),
        fields.size("vram"),
        fields.whole("context"));
  }

  private Optional<Model.Server> server(String name, Fields fields, String engine) {
    Optional<YamlNode> written = fields.mapping().get("command");
    List<String> words =
        written
            .map(node -> CommandLine.words(node, problems))
            .orElse(COMMANDS.getOrDefault(engine, List.of()));
    if (words.isEmpty()) {
      if (written.isEmpty() && !INSIDE.contains(engine)) {
        problems.error(
            fields.where("engine"),
            "the engine '" + engine + "' of the model '" + name + "' without a command",
            "llama.cpp or onnx, which run inside of the service; llama-server, vllm or"
                + " whisper-server, whose command is known; or command:",
            "write command: PROGRAM … --port ${port}");
      }
      return Optional.empty();
    }
    return Optional.of(
        new Model.Server(
            words,
            folder.toString(),
            AgentReader.environment(fields),
            fields.text("health").orElse("/health"),
            fields.has("limits") ? AgentReader.limits(fields) : Limits.NONE,
            fields.span("load_timeout").orElse(LOAD_TIMEOUT)));
  }

  private String source(String written, String engine) {
    if (!OF_FILES.contains(engine) && !written.startsWith("./") && !written.startsWith("../")) {
      return written;
    }
    try {
      return folder.resolve(written).normalize().toString();
    } catch (InvalidPathException e) {
      return written;
    }
  }
}
