package dev.flotilla.cli.plan;

import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.model.Version;
import dev.flotilla.plan.mcp.McpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;

/** {@code flotilla plan mcp}. */
@Command(
    name = "mcp",
    description = "Serve plans to a coding agent over MCP on standard input and output.",
    footerHeading = "%nExample:%n",
    footer = "  claude mcp add plans -- flotilla plan mcp")
final class McpCommand extends PlanAction {
  McpCommand(Context context) {
    super(context);
  }

  @Override
  int act() {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try {
      new McpServer(desk(), named(), Version.CURRENT, context.plainScreen().out()).serve(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ExitCode.OK;
  }
}
