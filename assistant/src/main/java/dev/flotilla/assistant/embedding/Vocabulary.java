package dev.flotilla.assistant.embedding;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.flotilla.kernel.wire.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/** Reads the word pieces and their numbers out of a {@code tokenizer.json}. */
final class Vocabulary {
  private Vocabulary() {}

  static Map<String, Integer> read(InputStream json) throws IOException {
    Map<String, Integer> vocabulary = new HashMap<>(1 << 16);
    try (JsonParser parser = Wire.mapper().getFactory().createParser(json)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.FIELD_NAME
            && parser.currentName().equals("vocab")
            && parser.nextToken() == JsonToken.START_OBJECT) {
          while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String piece = parser.currentName();
            vocabulary.put(piece, parser.nextIntValue(-1));
          }
        }
      }
    }
    if (vocabulary.isEmpty()) {
      throw new IOException("a tokenizer.json without a vocabulary");
    }
    return vocabulary;
  }
}
