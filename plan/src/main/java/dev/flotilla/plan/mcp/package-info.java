/**
 * Plans for coding agents over the Model Context Protocol: JSON-RPC, one message a line. Start
 * reading at {@link dev.flotilla.plan.mcp.McpServer}.
 */
@NullMarked
package dev.flotilla.plan.mcp;

import org.jspecify.annotations.NullMarked;
