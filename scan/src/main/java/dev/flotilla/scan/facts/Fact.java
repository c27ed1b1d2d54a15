package dev.flotilla.scan.facts;

import java.util.List;

/**
 * One thing that is true of a file.
 *
 * @param kind what it is about, and so what the values mean
 * @param line from 1; 0 when the whole file is meant
 * @param symbol the class and function around it, dotted; may be empty
 * @param values as the kind says
 */
public record Fact(Kind kind, int line, String symbol, List<String> values) {

  /** What a fact is about; in brackets its values. */
  public enum Kind {
    /**
     * An import [module with leading dots, names joined by comma or empty, runtime|typing|local,
     * optional where its failure is caught].
     */
    IMPORT,
    /** A class [name, bases joined by comma, number of methods, method names joined by comma]. */
    CLASS,
    /** A function at the top of a module [name]. */
    FUNCTION,
    /** A constant at the top of a module [name, value]. */
    CONSTANT,
    /**
     * A socket [bind|connect, socket type, address with {@link Hole}s,
     * zmq|tcp|http|grpc|redis|nats].
     */
    ENDPOINT,
    /** An environment variable read [name, default or empty]. */
    ENVIRONMENT,
    /** A file or database opened [file|database, name]. */
    RESOURCE,
    /** Use of a graphics card [how]. */
    GPU,
    /** A health endpoint or method [what]. */
    HEALTH,
    /** A configuration key read [key]. */
    CONFIG_KEY,
    /** A comment that asks for work [tag, text]. */
    TODO,
    /** Something a module does [main|signal|cleanup|atexit|curve|test]. */
    TRAIT,
    /** A function's complexity [name, mccabe, cognitive]. */
    COMPLEXITY,
    /** A string that names a Python file or module [text]. */
    SCRIPT_REFERENCE,
    /** A silencing comment [codes joined by comma, empty for all]. */
    NOQA,
    /**
     * A required distribution [normalised name, specifier, marker, extras, pinned|loose, hashed|].
     */
    REQUIREMENT,
    /** A file a requirements file includes [path as written, r|c]. */
    REQUIREMENT_INCLUDE,
    /** A line of a Dockerfile [instruction, arguments, stage number]. */
    DOCKER,
    /** A service of a compose file [name, image, dockerfile, context]. */
    COMPOSE_SERVICE,
    /** A published port of a compose service [service, host port, container port, address]. */
    COMPOSE_PORT,
    /** A compose service reserves a graphics card [service]. */
    COMPOSE_GPU,
    /** An agent in a start-up configuration [name, script, port, health port, group, machine]. */
    AGENT,
    /** A dependency of such an agent [agent, needed]. */
    AGENT_NEED,
    /** A configuration entry of such an agent [agent, key, value]. */
    AGENT_CONFIG,
    /** Line coverage of a file [path, percent]. */
    COVERAGE,
    /** Size in bytes of a thing that is not read [bytes]. */
    SIZE
  }

  /** A fact with these values. */
  public static Fact of(Kind kind, int line, String symbol, String... values) {
    return new Fact(kind, line, symbol, List.of(values));
  }

  /** The value at that place; empty when there is none. */
  public String value(int index) {
    return index < values.size() ? values.get(index) : "";
  }
}
