package dev.flotilla.model.manifest;

import static dev.flotilla.model.manifest.AgentShape.AGENT;
import static dev.flotilla.model.manifest.AgentShape.AGENT_NAME;
import static dev.flotilla.model.manifest.AgentShape.ANY_NAME;
import static dev.flotilla.model.manifest.AgentShape.ARGV;
import static dev.flotilla.model.manifest.AgentShape.DEFAULTS;
import static dev.flotilla.model.manifest.AgentShape.DESCRIPTION;
import static dev.flotilla.model.manifest.AgentShape.ENVIRONMENT;
import static dev.flotilla.model.manifest.AgentShape.GROUP_NAME;
import static dev.flotilla.model.manifest.AgentShape.LIMITS;
import static dev.flotilla.model.manifest.AgentShape.MACHINE_NAME;
import static dev.flotilla.model.manifest.AgentShape.NAME;
import static dev.flotilla.model.manifest.AgentShape.OPTIONS;
import static dev.flotilla.model.manifest.AgentShape.PORT;
import static dev.flotilla.model.manifest.AgentShape.SIZE;
import static dev.flotilla.model.manifest.AgentShape.SPAN;
import static dev.flotilla.model.manifest.AgentShape.YES_NO;
import static dev.flotilla.model.manifest.AgentShape.name;
import static dev.flotilla.model.shape.Shape.key;

import dev.flotilla.model.shape.Shape;
import dev.flotilla.model.shape.Type;
import dev.flotilla.model.shape.Type.Either;
import dev.flotilla.model.shape.Type.ListOf;
import dev.flotilla.model.shape.Type.MapOf;
import dev.flotilla.model.shape.Type.Matching;
import dev.flotilla.model.shape.Type.OneOf;
import dev.flotilla.model.shape.Type.Section;
import dev.flotilla.model.shape.Type.Text;
import java.util.List;

/** Every key of the manifest. The strict reading, the schema and the reference come from here. */
public final class ManifestShape {
  private static final Type TOKENS = new Type.Whole(1, 100_000_000, "a number of tokens");

  private static final Shape GPU =
      new Shape(
          "a card",
          "A card of a machine.",
          List.of(
              key("name", new Text("a name such as RTX 4090"), "for people", "GPU and its number"),
              key("vram", SIZE, "memory on the card")),
          false);

  private static final Shape MACHINE =
      new Shape(
          "a machine",
          "A computer of the fleet.",
          List.of(
              key("description", DESCRIPTION, "what it is"),
              key(
                  "address",
                  new Text("a host name or address"),
                  "how others reach it",
                  "127.0.0.1"),
              key("cores", new Type.Whole(1, 4096, "a number"), "logical cores", "what is found"),
              key("memory", SIZE, "main memory", "what is found"),
              key(
                  "gpus",
                  new ListOf(new Section(GPU), "a list of cards"),
                  "its cards in order",
                  "none"),
              key("env", ENVIRONMENT, "variables for every agent on it"),
              key("defaults", new Section(DEFAULTS), "what its agents get")),
          true);

  private static final Shape GROUP =
      new Shape(
          "a group",
          "Agents that share one container or one JVM on one machine.",
          List.of(
              key("description", DESCRIPTION, "what it is for"),
              key("machine", MACHINE_NAME, "where it runs", "the only machine"),
              key("container", ANY_NAME, "image family its agents are packed in"),
              key("defaults", new Section(DEFAULTS), "what its agents get")),
          true);

  private static final Shape VARIANT =
      new Shape(
          "a variant",
          "One way to have a model; what it does not say is as the model has it.",
          List.of(
              key("source", new Text("a file or reference"), "file or reference"),
              key("vram", SIZE, "memory it takes on a card", "estimated from its file"),
              key("context", TOKENS, "tokens it is loaded for", "as the model")),
          false);

  private static final Shape MODEL =
      new Shape(
          "a model",
          "A model the fleet can load.",
          List.of(
              key(
                  "kind",
                  OneOf.of(
                      "chat",
                      "embedding",
                      "stt",
                      "tts",
                      "translation",
                      "emotion",
                      "vision",
                      "other"),
                  "what it does",
                  "chat"),
              key(
                  "engine",
                  ANY_NAME,
                  "what runs it: llama.cpp and onnx inside of ModelManagerSuite; llama-server, vllm"
                      + " and whisper-server as a process; command for any other server",
                  "llama.cpp, or command when there is one"),
              key("source", new Text("a file or reference"), "file or reference"),
              key(
                  "command",
                  ARGV,
                  "the server's program and arguments, with ${port}, ${model.source},"
                      + " ${model.host}, ${model.context}, ${model.card}, ${model.layers} and"
                      + " ${model.variant}",
                  "known for llama-server, vllm and whisper-server"),
              key(
                  "health",
                  Matching.of("/\\S*|tcp", "a path such as /health, or tcp"),
                  "what answers once the server serves",
                  "/health"),
              key("env", ENVIRONMENT, "environment variables of the server"),
              key("limits", new Section(LIMITS), "what the server may use"),
              key("load_timeout", SPAN, "longest wait until the server serves", "5m"),
              key("load_time", SPAN, "what loading costs until it was measured", "5s"),
              key("vram", SIZE, "memory it takes on a card", "estimated from its file"),
              key("context", TOKENS, "tokens it is loaded for", "what its file says, at most 4096"),
              key(
                  "variants",
                  new MapOf(
                      ANY_NAME,
                      Either.of(new Section(VARIANT), new Text("a file or reference")),
                      "variants by name"),
                  "ways to have it, the best first; a lesser one is taken where a better one does"
                      + " not fit"),
              key(
                  "machines",
                  new ListOf(MACHINE_NAME, "a list of machines"),
                  "where it may be loaded",
                  "anywhere"),
              key(
                  "cards",
                  new ListOf(
                      Matching.of("(" + NAME + "/)?\\d{1,2}", "a card such as 0 or mainpc/0"),
                      "a list of cards"),
                  "on which cards it may be loaded",
                  "any"),
              key(
                  "cpu",
                  YES_NO,
                  "may run in main memory when no card has room",
                  "true inside of the service, false for servers"),
              key("pinned", YES_NO, "never unloaded to make room", "false"),
              key("preload", YES_NO, "loaded at start", "false"),
              key("idle_timeout", SPAN, "unloaded when not used for so long", "as the pool says"),
              key(
                  "parallel",
                  new Type.Whole(0, 100_000, "a number"),
                  "how many may use it at once, 0 for any number",
                  "0"),
              key("options", OPTIONS, "handed to the engine")),
          true);

  private static final Shape FLAG =
      new Shape(
          "a flag",
          "A feature flag. Without variants it is a boolean with the variants on and off.",
          List.of(
              key("description", DESCRIPTION, "what it switches", ""),
              key(
                  "variants",
                  new MapOf(ANY_NAME, new Type.Anything("a value"), "names and values"),
                  "what it can be",
                  "on: true, off: false"),
              key("default", ANY_NAME, "variant for all whom no share covers", "off"),
              key(
                  "split",
                  new MapOf(ANY_NAME, new Type.Percent(), "variants and shares"),
                  "shares in per cent by a stable key, together at most 100%")),
          true);

  private static final Shape ALERT =
      new Shape(
          "an alert",
          "When somebody is to be told.",
          List.of(
              key("when", new Text("a condition such as gpu.vram.used > 90%"), "the condition"),
              key("for", SPAN, "how long it must hold", "0"),
              key("severity", OneOf.of("info", "warning", "critical"), "how bad it is", "warning"),
              key("message", new Text("a sentence"), "what people are told", "the condition")),
          true);

  private static final Type COUNT = new Type.Whole(1, 1_000_000, "a number");

  private static final Shape BATCH =
      new Shape(
          "a batch",
          "Small messages of one publisher that go together.",
          List.of(
              key("messages", COUNT, "sent once there are so many", "100"),
              key("delay", SPAN, "or after this", "50ms")),
          false);

  private static final Shape BUS =
      new Shape(
          "bus",
          "Where messages go, and how many go together.",
          List.of(
              key(
                  "url",
                  Matching.of("(nats|tls|ws|wss)://\\S+", "a URL such as nats://host:4222"),
                  "a NATS server in place of the embedded one"),
              key(
                  "credentials",
                  new Text("a file"),
                  "file with mode 0600, relative to the manifest, that holds a token, user:password"
                      + " or an nkey seed"),
              key("batch", new Section(BATCH), "small messages of one publisher that go together")),
          false);

  private static final Shape BREAKER =
      new Shape(
          "a breaker",
          "When calls to a target stop for a while.",
          List.of(
              key("failures", COUNT, "in a row that open it", "5"),
              key("open", SPAN, "how long it then refuses every call", "30s"),
              key("trials", COUNT, "calls let through after that, which must all succeed", "3")),
          false);

  private static final Shape CALLS =
      new Shape(
          "calls",
          "How services call each other.",
          List.of(
              key("timeout", SPAN, "wait for an answer when the caller does not say", "5s"),
              key("breaker", new Section(BREAKER), "when calls to a target stop for a while")),
          false);

  private static final Shape PORT_SET =
      new Shape(
          "a port set",
          "Other ports for the same fleet, chosen with --port-set.",
          List.of(
              key("offset", new Type.Whole(-65534, 65534, "a number"), "added to every port", "0"),
              key(
                  "ports",
                  new MapOf(
                      Matching.of(
                          NAME + "(@" + NAME + ")?(\\." + NAME + ")?", "an agent, or agent.port"),
                      PORT,
                      "agents and ports"),
                  "single ports in full, by agent or agent.port; the offset is not added to"
                      + " these")),
          false);

  /** The whole file. */
  public static final Shape FLEET =
      new Shape(
          "the manifest",
          "What should run.",
          List.of(
              key(
                  "fleet",
                  name("the name of the fleet"),
                  "its name, also of its state folder",
                  "the name of the manifest's folder"),
              key("description", DESCRIPTION, "what it is for"),
              key(
                  "machines",
                  map(MACHINE_NAME, new Section(MACHINE), "machines by name"),
                  "its computers",
                  "this one, called local"),
              key(
                  "defaults",
                  new Section(DEFAULTS),
                  "what every agent gets that does not say otherwise"),
              key(
                  "groups",
                  map(GROUP_NAME, Either.of(new Section(GROUP), MACHINE_NAME), "groups by name"),
                  "agents that belong together; a word is the machine"),
              key(
                  "agents",
                  map(AGENT_NAME, new Section(AGENT), "agents by name"),
                  "what is supervised; name or name@machine"),
              key(
                  "models",
                  map(ANY_NAME, new Section(MODEL), "models by name"),
                  "what can be loaded"),
              key(
                  "flags",
                  map(
                      ANY_NAME,
                      Either.of(new Section(FLAG), YES_NO, new Type.Percent()),
                      "flags by name"),
                  "feature flags; true, false or 10% for short"),
              key(
                  "alerts",
                  map(ANY_NAME, new Section(ALERT), "alerts by name"),
                  "when somebody is to be told"),
              key(
                  "router",
                  new Section(RouterShape.ROUTER),
                  "which model answers which request",
                  "the built-in engine, then the fleet's chat models"),
              key(
                  "bus",
                  Either.of(
                      new Section(BUS),
                      Matching.of("(nats|tls|ws|wss)://\\S+", "a URL such as nats://host:4222")),
                  "where messages go",
                  "embedded in the node"),
              key("calls", new Section(CALLS), "how services call each other"),
              key(
                  "port_offset",
                  new Type.Whole(-65534, 65534, "a number"),
                  "added to every port",
                  "0"),
              key(
                  "port_sets",
                  map(ANY_NAME, new Section(PORT_SET), "port sets by name"),
                  "other ports for the same fleet")),
          true);

  private ManifestShape() {}

  private static Type map(Matching names, Type value, String expected) {
    return new MapOf(names, value, expected);
  }
}
