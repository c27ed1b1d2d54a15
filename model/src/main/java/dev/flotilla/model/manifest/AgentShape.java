package dev.flotilla.model.manifest;

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

/** The keys of an agent and of defaults, and the values that other sections share with them. */
final class AgentShape {
  static final String NAME = "[A-Za-z][A-Za-z0-9_-]{0,62}";

  static final Matching MACHINE_NAME = name("the name of a machine");
  static final Matching GROUP_NAME = name("the name of a group");
  static final Matching PORT_NAME = name("the name of a port");
  static final Matching AGENT_NAME =
      Matching.of(
          NAME + "(@" + NAME + ")?",
          "the name of an agent, perhaps with @machine: a letter, then letters, digits, - and _");
  static final Matching ANY_NAME =
      Matching.of("[A-Za-z0-9][A-Za-z0-9._/:-]{0,127}", "a name of letters, digits and . _ - / :");
  private static final Matching VARIABLE =
      Matching.of("[A-Za-z_][A-Za-z0-9_]*", "the name of an environment variable");
  static final Matching ANY_KEY = Matching.of("[\\s\\S]+", "a key");

  static final Type PORT = new Type.Whole(1, 65535, "a port");
  static final Type YES_NO = new Type.YesNo();
  static final Type SPAN = new Type.Span();
  static final Type SIZE = new Type.Size();
  static final Type DESCRIPTION = new Text("a sentence for people");
  static final Type ARGV =
      Either.of(
          new ListOf(new Type.AnyText("a word of the command"), "a list of words"),
          new Text("a command line; no shell reads it"));
  static final Type ENVIRONMENT =
      new MapOf(VARIABLE, new Type.AnyText("text"), "variables and their values");
  static final Type OPTIONS =
      new MapOf(ANY_KEY, new Type.Anything("any value"), "a mapping of any content");

  static final Type VOLUME = new Text("source:target");
  static final Type VOLUMES = new ListOf(VOLUME, "a list such as [data:/data]");
  static final Type PORTS = new MapOf(PORT_NAME, PORT, "names and ports");
  static final Matching PATH = Matching.of("/\\S*", "a path such as /health");

  static final Shape PROBE =
      new Shape(
          "health",
          "A question asked again and again. One of http, tcp, command, bus and zmq says how.",
          List.of(
              key("http", PATH, "GET on this path answers 2xx"),
              key(
                  "tcp",
                  Either.of(YES_NO, PORT, PORT_NAME),
                  "the port accepts a connection: true, or a port by number or name"),
              key("command", ARGV, "the command exits with 0"),
              key(
                  "bus",
                  Either.of(YES_NO, ANY_NAME),
                  "the service answers a ping on the bus: true for the agent's own name"),
              key(
                  "zmq",
                  Either.of(YES_NO, new Text("the text of the request")),
                  "a ZeroMQ socket answers a request: true asks {\"action\":\"health_check\"}"),
              key(
                  "port",
                  Either.of(PORT, PORT_NAME),
                  "which port is asked, by number or name",
                  "main"),
              key("host", new Text("a host name or address"), "where it is asked", "127.0.0.1"),
              key("interval", SPAN, "pause between two questions", "5s"),
              key("timeout", SPAN, "an answer later than this is none", "2s"),
              key(
                  "failures",
                  new Type.Whole(1, 1000, "a number"),
                  "how many in a row make it unhealthy",
                  "3"),
              key("start_period", SPAN, "failures so soon after the start do not count", "30s")),
          false);

  static final Type PROBE_VALUE =
      Either.of(
          new Section(PROBE),
          Matching.of("/\\S*|tcp|bus|zmq|none", "a path such as /health, tcp, bus, zmq or none"));

  static final Shape LOG_LINE =
      new Shape(
          "a condition",
          "A line of a log.",
          List.of(key("log", new Text("text"), "a line of its log contains this text")),
          false);

  static final Type CONDITION =
      Either.of(OneOf.of("started", "healthy", "completed"), new Section(LOG_LINE));

  static final Type NEED = new MapOf(AGENT_NAME, CONDITION, "agent: condition");
  static final Type NEEDS =
      Either.of(
          new ListOf(Either.of(AGENT_NAME, NEED), "a list of agents"),
          new MapOf(AGENT_NAME, CONDITION, "agents and what must hold of each"),
          AGENT_NAME);

  static final Shape LIMITS =
      new Shape(
          "limits",
          "What an agent may use.",
          List.of(
              key("cpu", new Type.Decimal(0.01, 4096, "cores"), "cores", "no limit"),
              key("memory", SIZE, "main memory", "no limit"),
              key(
                  "threads",
                  new Type.Whole(1, 1_000_000, "a number"),
                  "threads and processes together",
                  "no limit"),
              key(
                  "vram",
                  SIZE,
                  "memory on a card; counted, and kept free by the models, yet not enforced. A"
                      + " container with it sees all cards (--gpus all)",
                  "none")),
          false);

  private static final OneOf POLICY = OneOf.of("always", "on-failure", "never");

  static final Shape RESTART =
      new Shape(
          "restart",
          "When and how fast an agent that ended is started again.",
          List.of(
              key("policy", POLICY, "which ends are followed by a start", "always"),
              key(
                  "backoff",
                  SPAN,
                  "wait before the second restart, doubled each time; the first is at once",
                  "1s"),
              key("max_backoff", SPAN, "longest wait", "1m"),
              key(
                  "jitter",
                  new Type.Decimal(0, 1, "a share"),
                  "each wait is shortened at random by up to this share",
                  "0.2"),
              key("reset_after", SPAN, "a run this long forgets earlier failures", "1m"),
              key(
                  "max_restarts",
                  new Type.Whole(0, 1_000_000, "a number"),
                  "in a row, before the agent counts as failed; 0 for no limit",
                  "0")),
          false);

  static final Type RESTART_VALUE = Either.of(new Section(RESTART), POLICY);

  static final Shape STOP =
      new Shape(
          "stop",
          "How an agent is stopped.",
          List.of(
              key(
                  "signal",
                  OneOf.of("TERM", "INT", "QUIT", "HUP", "USR1", "USR2"),
                  "sent first",
                  "TERM"),
              key("grace", SPAN, "after this, KILL for the whole process tree", "10s")),
          false);

  private static final Text FILE = new Text("a file");

  private static final Shape LISTEN =
      new Shape(
          "listen",
          "Where a service listens beyond 127.0.0.1, on the same port, by HTTPS and with a token.",
          List.of(
              key(
                  "host",
                  new Text("an address of the machine, such as 192.168.1.5"),
                  "the address"),
              key(
                  "token",
                  FILE,
                  "file with mode 0600 that holds the token; asked for as Authorization: Bearer, or"
                      + " as the password of a browser"),
              key("certificate", FILE, "PEM file, the listener's own certificate first"),
              key("key", FILE, "PEM file with mode 0600 and the key, PKCS 8, not encrypted")),
          false);

  static final Shape AGENT =
      new Shape(
          "an agent",
          "Anything supervised. One of service, command and image says how it is started.",
          List.of(
              key("description", DESCRIPTION, "what it is for"),
              key("group", GROUP_NAME, "its group", "the group called default"),
              key("machine", MACHINE_NAME, "its machine, when it has no group of its own"),
              key("service", ANY_NAME, "one of Flotilla's own services, by name"),
              key("command", ARGV, "program and arguments: a list, or one line with quotes"),
              key(
                  "image",
                  Matching.of("[A-Za-z0-9][A-Za-z0-9._/:@-]*", "an image such as redis:7"),
                  "a container image, run with the machine's network, so without mapped ports;"
                      + " command then replaces its own"),
              key("volumes", VOLUMES, "what an image gets mounted"),
              key(
                  "directory",
                  new Text("a folder"),
                  "working folder, relative to the manifest",
                  "the manifest's folder"),
              key("port", PORT, "its main port: ${port}, and PORT in its environment"),
              key("ports", PORTS, "further ports by name: ${port.NAME}"),
              key(
                  "health",
                  PROBE_VALUE,
                  "liveness: when it fails, the agent is replaced",
                  "services: /health on their port, else bus"),
              key(
                  "readiness",
                  PROBE_VALUE,
                  "when it fails, the agent is shown not ready and left alone",
                  "services: /ready on their port, else as health"),
              key("needs", NEEDS, "what must hold before it starts", "nothing"),
              key(
                  "listen",
                  new Section(LISTEN),
                  "where a service listens beyond this machine",
                  "127.0.0.1 alone"),
              key("limits", new Section(LIMITS), "what it may use"),
              key("restart", RESTART_VALUE, "what follows its end"),
              key(
                  "stop",
                  Either.of(new Section(STOP), SPAN),
                  "how it is stopped; a duration is the grace"),
              key("required", YES_NO, "whether up fails when it does", "true"),
              key("lazy", YES_NO, "start on first demand only", "false"),
              key("env", ENVIRONMENT, "environment variables"),
              key("config", OPTIONS, "handed to it as JSON in FLOTILLA_CONFIG"),
              key(
                  "family",
                  ANY_NAME,
                  "image family it is meant to be packed in; it changes nothing of how it runs")),
          true);

  static final Shape DEFAULTS =
      AGENT.only(
          "defaults",
          "What agents get that do not say otherwise.",
          List.of(
              "directory",
              "health",
              "readiness",
              "listen",
              "limits",
              "restart",
              "stop",
              "required",
              "lazy",
              "env",
              "config",
              "family"));

  private AgentShape() {}

  static Matching name(String what) {
    return Matching.of(NAME, what + ": a letter, then letters, digits, - and _");
  }
}
