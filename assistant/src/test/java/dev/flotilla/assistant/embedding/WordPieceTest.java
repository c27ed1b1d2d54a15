package dev.flotilla.assistant.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.kernel.wire.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.StreamSupport;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

class WordPieceTest {

  /** {@code word-pieces.json} was made by version 0.23.3 of PyPI's tokenizers. */
  @Test
  void makesThePiecesTheReferenceMakes() throws IOException {
    WordPiece pieces = pieces();
    JsonNode golden = Wire.mapper().readTree(resource("word-pieces.json"));
    assertThat(golden).hasSizeGreaterThan(190);
    SoftAssertions soft = new SoftAssertions();
    for (JsonNode each : golden) {
      String text = each.path("text").asText();
      soft.assertThat(pieces.ids(text))
          .as(text)
          .isEqualTo(
              StreamSupport.stream(each.path("ids").spliterator(), false)
                  .mapToLong(JsonNode::asLong)
                  .toArray());
    }
    soft.assertAll();
  }

  /** Where the reference lets a text say that it begins anew. */
  @Test
  void marksAreOnlyOurs() throws IOException {
    assertThat(pieces().ids("[CLS]")).containsExactly(101, 1031, 18856, 2015, 1033, 102);
  }

  private static WordPiece pieces() throws IOException {
    return new WordPiece(Vocabulary.read(resource("/all-minilm-l6-v2-q-tokenizer.json")));
  }

  private static InputStream resource(String name) throws IOException {
    InputStream in = WordPieceTest.class.getResourceAsStream(name);
    if (in == null) {
      throw new IOException(name + " is missing");
    }
    return in;
  }
}
