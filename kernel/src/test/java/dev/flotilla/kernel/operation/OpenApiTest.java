package dev.flotilla.kernel.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import org.junit.jupiter.api.Test;

final class OpenApiTest {
  private final JsonNode api = OpenApi.of("Library", "1.2.3", Library.operations());

  @Test
  void everyOperationStandsInIt() {
    assertThat(api.path("info").path("title").asText()).isEqualTo("Library");
    JsonNode add = api.path("paths").path("/operations/add").path("post");
    assertThat(add.path("summary").asText()).isEqualTo("Adds a book.");
    assertThat(add.at("/requestBody/content/application~1json/schema/$ref").asText())
        .isEqualTo("#/components/schemas/Library.Add");
    assertThat(add.at("/responses/200/content/application~1msgpack/schema/$ref").asText())
        .isEqualTo("#/components/schemas/Library.Added");
    assertThat(add.at("/responses/default/content/application~1json/schema/$ref").asText())
        .isEqualTo("#/components/schemas/Error");
  }

  @Test
  void recordsBecomeSchemas() {
    JsonNode schemas = api.at("/components/schemas");
    JsonNode add = schemas.path("Library.Add");
    assertThat(add.path("required").toString()).isEqualTo("[\"book\"]");
    assertThat(add.at("/properties/note/type").asText()).isEqualTo("string");
    assertThat(add.at("/properties/copies/additionalProperties/format").asText())
        .isEqualTo("int32");
    JsonNode book = schemas.path("Library.Book");
    assertThat(book.at("/properties/authors/items/$ref").asText()).endsWith("Library.Author");
    assertThat(book.at("/properties/genre/enum").toString())
        .isEqualTo("[\"science-fiction\",\"poetry\"]");
    JsonNode place = schemas.path("Library.Place");
    assertThat(place.path("oneOf")).hasSize(2);
    assertThat(place.at("/oneOf/0/properties/type/const").asText()).isEqualTo("shelf");
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    follow(api);
  }

  private void follow(JsonNode node) {
    if (node.has("$ref")) {
      String pointer = node.path("$ref").asText().substring(1);
      assertThat(api.at(pointer).isMissingNode()).as(pointer).isFalse();
    }
    for (Iterator<JsonNode> children = node.elements(); children.hasNext(); ) {
      follow(children.next());
    }
  }
}
