package dev.flotilla.plan.mcp;

/** A call of a tool that is not there. */
final class UnknownTool extends RuntimeException {
  UnknownTool(String name) {
    super("no tool " + name + "; see tools/list");
  }
}
