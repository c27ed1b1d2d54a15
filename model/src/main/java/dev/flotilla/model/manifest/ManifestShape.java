package dev.flotilla.model.manifest;

import static dev.flotilla.model.manifest.AgentShape.AGENT;
import static dev.flotilla.model.manifest.AgentShape.AGENT_NAME;
import static dev.flotilla.model.manifest.AgentShape.ANY_NAME;
import static dev.flotilla.model.manifest.AgentShape.DEFAULTS;
import static dev.flotilla.model.manifest.AgentShape.DESCRIPTION;
import static dev.flotilla.model.manifest.AgentShape.ENVIRONMENT;
import static dev.flotilla.model.manifest.AgentShape.GROUP_NAME;
import static dev.flotilla.model.manifest.AgentShape.MACHINE_NAME;
import static dev.flotilla.model.manifest.AgentShape.NAME;
import static dev.flotilla.model.manifest.AgentShape.PORT;
import static dev.flotilla.model.manifest.AgentShape.SIZE;
import static dev.flotilla.model.manifest.AgentShape.YES_NO;
import static dev.flotilla.model.manifest.AgentShape.name;
import static dev.flotilla.model.manifest.CatalogueShape.ALERT;
import static dev.flotilla.model.manifest.CatalogueShape.FLAG;
import static dev.flotilla.model.manifest.CatalogueShape.MODEL;
import static dev.flotilla.model.manifest.MessagingShape.BUS;
import static dev.flotilla.model.manifest.MessagingShape.CALLS;
import static dev.flotilla.model.shape.Shape.key;

import dev.flotilla.model.shape.Shape;
import dev.flotilla.model.shape.Type;
import dev.flotilla.model.shape.Type.Either;
import dev.flotilla.model.shape.Type.ListOf;
import dev.flotilla.model.shape.Type.MapOf;
import dev.flotilla.model.shape.Type.Matching;
import dev.flotilla.model.shape.Type.Section;
import dev.flotilla.model.shape.Type.Text;
import java.util.List;

/** Every key of the manifest. The strict reading, the schema and the reference come from here. */
public final class ManifestShape {
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
          "Agents that belong together on one machine. Its services share one JVM; every command"
              + " and every image runs on its own.",
          List.of(
              key("description", DESCRIPTION, "what it is for"),
              key("machine", MACHINE_NAME, "where it runs", "the only machine"),
              key(
                  "container",
                  ANY_NAME,
                  "name of the image its agents are meant to be packed in; it changes nothing of"
                      + " how they run"),
              key("defaults", new Section(DEFAULTS), "what its agents get")),
          true);

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
