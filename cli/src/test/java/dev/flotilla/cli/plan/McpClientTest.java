package dev.flotilla.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flotilla.cli.Run;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The protocol's own client takes a phase from claim to verified. */
@Tag("slow")
final class McpClientTest {
  private static final String PLAN =
      """
      ---
      id: ship
      description: Ship it
      status: in_progress
      ---

      ## PHASE 0: Build

      ```bash
      echo built > built.txt
      ```

      ```gate
      command: grep -q built built.txt
      confidence >= 90 %
      ```

      IMPORTANT NOTE: Build from a clean tree.
      """;

  @TempDir Path directory = Path.of("");

  private static JsonNode call(McpSyncClient client, String tool, Map<String, Object> arguments)
      throws IOException {
    McpSchema.CallToolResult result =
        client.callTool(McpSchema.CallToolRequest.builder(tool).arguments(arguments).build());
    McpSchema.TextContent text = (McpSchema.TextContent) result.content().getFirst();
    return new ObjectMapper().readTree(text.text());
  }

  @Test
  void aClientDoesAPhaseFromClaimToVerified() throws IOException {
    Path plans = Files.createDirectories(directory.resolve("plans"));
    Files.writeString(plans.resolve("ship.md"), PLAN);
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    ServerParameters server =
        ServerParameters.builder(Path.of(System.getProperty("java.home"), "bin", "java").toString())
            .args(
                "-cp",
                classPath,
                "dev.flotilla.cli.Main",
                "plan",
                "mcp",
                "--plans",
                plans.toString())
            .build();
    try (McpSyncClient client =
        McpClient.sync(new StdioClientTransport(server, McpJsonDefaults.getMapper()))
            .clientInfo(McpSchema.Implementation.builder("tester", "1").build())
            .requestTimeout(Duration.ofSeconds(60))
            .build()) {
      client.initialize();
      assertThat(client.listTools().tools()).hasSize(7);
      assertThat(call(client, "plan_list", Map.of("view", "next")).path("next")).hasSize(1);
      Map<String, Object> phase = Map.of("id", "ship", "phase", 0);
      assertThat(call(client, "plan_claim", phase).path("who").asText()).isEqualTo("tester");
      assertThat(call(client, "plan_done", phase).path("missing")).hasSize(2);
      String hash = call(client, "plan_exec", phase).path("hash").asText();
      Map<String, Object> run = Map.of("id", "ship", "phase", 0, "run", hash);
      assertThat(call(client, "plan_exec", run).path("missing").path(0).path("todo").asText())
          .contains("ack");
      JsonNode gate = call(client, "plan_check", Map.of("id", "ship", "phase", 0, "ack", true));
      assertThat(call(client, "plan_exec", run).path("ok").asBoolean()).isTrue();
      JsonNode closed =
          call(
              client,
              "plan_done",
              Map.of(
                  "id", "ship", "phase", 0, "confidence", 96, "run", gate.path("hash").asText()));
      assertThat(closed.path("verdict").asText()).isEqualTo("verified");
      assertThat(closed.path("status").asText()).isEqualTo("completed");
    }
    assertThat(Run.in(directory, "plan", "log", "ship").out())
        .contains("tester", "claimed", "done");
  }
}
