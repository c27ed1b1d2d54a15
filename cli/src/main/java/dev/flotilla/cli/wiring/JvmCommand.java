package dev.flotilla.cli.wiring;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * The command lines of the other JVMs, made from what this one was started with.
 *
 * @param java the program
 * @param classPath as this JVM has it
 * @param app the folder with AOT caches; empty when there is none
 */
public record JvmCommand(String java, String classPath, String app) {
  /** Names the folder that the launcher keeps. */
  public static final String APP = "flotilla.app";

  /** Names the role whose cache is to be made while it runs; set by the launcher alone. */
  private static final String TRAIN = "flotilla.train";

  /** Tells a JVM that it is the one of that role. */
  private static final String TRAINS = "flotilla.trains";

  /**
   * How every long-running JVM of a fleet is started. It looks for idle monitors every five seconds
   * and not four times a second, and keeps no counters for jps.
   */
  public static final List<String> SPARING =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:-UsePerfData",
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:AsyncDeflationInterval=5000",
          "--enable-native-access=ALL-UNNAMED");

  /**
   * After a tenth of the usual number of calls. What services do again and again they do seldom,
   * and interpreted it costs several times as much. A node restarts agents as soon as it runs, and
   * is better off without the compiler beside it.
   */
  private static final String COMPILE_EARLY = "-XX:CompileThresholdScaling=0.1";

  /**
   * Room for what requests leave behind, which a JVM would give itself only after a full
   * collection: half the pauses under load. What is not used is not resident.
   */
  private static final List<String> ROOM = List.of("-Xms56m", "-Xmn32m", "-Xmx512m");

  private static final String MAIN = "dev.flotilla.cli.Main";

  /**
   * @param system this JVM's system properties
   */
  public static JvmCommand of(Properties system) {
    return new JvmCommand(
        Path.of(system.getProperty("java.home"), "bin", "java").toString(),
        system.getProperty("java.class.path"),
        system.getProperty(APP, ""));
  }

  /** Whether this JVM notes what it does for an AOT cache, which it writes at an orderly exit. */
  static boolean trains() {
    return Boolean.getBoolean(TRAINS);
  }

  /** The node of a fleet. */
  public List<String> node(List<String> arguments) {
    return service("node", List.of("-Xms16m", "-Xmx256m"), arguments);
  }

  /** The JVM of a group. */
  public List<String> host(List<String> arguments) {
    List<String> more = new ArrayList<>(ROOM);
    more.add(COMPILE_EARLY);
    return service("host", more, arguments);
  }

  private List<String> service(String role, List<String> more, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(java));
    command.addAll(cache(role));
    command.addAll(SPARING);
    command.addAll(more);
    command.addAll(
        List.of(
            "-Xlog:disable",
            "-Xlog:all=error:stderr",
            "-D" + APP + "=" + app,
            "-D" + LogSetup.PROPERTY + "=info",
            "-cp",
            classPath,
            MAIN,
            role));
    command.addAll(arguments);
    return command;
  }

  /**
   * A process that stands in for an agent: the smallest JVM there can be. It leaves SIGTERM to the
   * kernel, as an orderly exit would set up logging only to say there that it exits.
   *
   * @param main its main class
   */
  public List<String> standIn(String main, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(java));
    command.addAll(cache("standin"));
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-Xrs",
            "-XX:ReservedCodeCacheSize=8m",
            "-Xms4m",
            "-Xmx16m",
            "-Xss256k",
            "-Xlog:disable",
            "-Xlog:all=error:stderr",
            "-cp",
            ownClasses(),
            main));
    command.addAll(arguments);
    return command;
  }

  /** The entry of the class path with this room's classes: a stand-in needs no other. */
  private String ownClasses() {
    return List.of(classPath.split(File.pathSeparator)).stream()
        .filter(entry -> entry.contains("flotilla-cli") || entry.endsWith("cli/target/classes"))
        .findFirst()
        .orElse(classPath);
  }

  private List<String> cache(String role) {
    Path file = Path.of(app, role + ".aot");
    if (role.equals(System.getProperty(TRAIN, ""))) {
      return List.of(
          "-XX:AOTMode=record",
          "-XX:AOTConfiguration=" + file + ".config",
          "-D" + TRAINS + "=true");
    }
    return app.isEmpty() || !Files.isReadable(file) ? List.of() : List.of("-XX:AOTCache=" + file);
  }
}
