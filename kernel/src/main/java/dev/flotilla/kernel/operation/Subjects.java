package dev.flotilla.kernel.operation;

import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.kernel.failure.OperationException;

/** Where operations are asked for on the bus. */
public final class Subjects {
  private static final String OPERATIONS = "flotilla.op.";

  private Subjects() {}

  /** {@code flotilla.op.<service>.<operation>}. */
  public static String operation(String service, String operation) {
    return OPERATIONS + token(service) + "." + token(operation);
  }

  /**
   * The service under which the node of a machine answers: {@code node-<machine>}, with {@code _}
   * for what a part of a subject cannot hold.
   */
  public static String node(String machine) {
    return "node-" + machine.replaceAll("[^A-Za-z0-9_-]", "_");
  }

  /**
   * A name as one part of a subject.
   *
   * @throws OperationException when it holds what a part of a subject cannot
   */
  static String token(String name) {
    if (!name.matches("[A-Za-z0-9_-]+")) {
      throw Failure.badRequest(
              "name",
              "\"" + name + "\"",
              "letters, digits, - and _",
              "Take the name as the manifest or $SRV.INFO has it.")
          .exception();
    }
    return name;
  }
}
