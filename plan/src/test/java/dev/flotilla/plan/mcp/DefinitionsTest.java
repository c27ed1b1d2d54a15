package dev.flotilla.plan.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class DefinitionsTest {
  private final JsonNode tools = Definitions.all().path("tools");

  @Test
  void areAtMostSevenToolsUnderThreeThousandTokens() {
    assertThat(tools).hasSizeLessThanOrEqualTo(7);
    int characters = Definitions.all().toString().length();
    // JSON takes at least three characters a token with the tokenizers in use.
    assertThat(characters / 3).isLessThan(3000);
  }

  @Test
  void sayWhatTheyTake() {
    for (JsonNode tool : tools) {
      assertThat(tool.path("name").asText()).matches("plan_[a-z]+");
      assertThat(tool.path("description").asText()).hasSizeGreaterThan(20);
      assertThat(tool.path("inputSchema").path("type").asText()).isEqualTo("object");
      for (JsonNode required : tool.path("inputSchema").path("required")) {
        assertThat(tool.path("inputSchema").path("properties").has(required.asText())).isTrue();
      }
    }
  }
}
