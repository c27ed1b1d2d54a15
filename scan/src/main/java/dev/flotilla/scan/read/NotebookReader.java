package dev.flotilla.scan.read;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.flotilla.scan.facts.FileFacts;
import dev.flotilla.scan.facts.FileFacts.Language;
import dev.flotilla.scan.python.PythonSource;
import java.io.IOException;

/** The code cells of a notebook, one after the other, without magics. */
final class NotebookReader {
  private NotebookReader() {}

  static FileFacts read(String path, String text) {
    try {
      return PythonReader.of(path, PythonSource.parse(code(text)), Language.PYTHON);
    } catch (IOException e) {
      return FileReader.unreadable(path, "is no notebook: its JSON is damaged");
    }
  }

  private static String code(String json) throws IOException {
    StringBuilder code = new StringBuilder();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      String type = "";
      StringBuilder source = new StringBuilder();
      int depth = 0;
      while (parser.nextToken() != null) {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
          depth++;
        } else if (token == JsonToken.END_OBJECT) {
          if (depth == 2 && type.equals("code")) {
            cell(source.toString(), code);
          }
          if (depth == 2) {
            type = "";
            source.setLength(0);
          }
          depth--;
        } else if (token == JsonToken.FIELD_NAME && depth == 2) {
          String field = parser.currentName();
          JsonToken value = parser.nextToken();
          if (field.equals("cell_type")) {
            type = parser.getText();
          } else if (field.equals("source") && value == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
              source.append(parser.getText());
            }
          } else if (field.equals("source")) {
            source.append(parser.getText());
          } else {
            parser.skipChildren();
          }
        }
      }
    }
    return code.toString();
  }

  private static void cell(String source, StringBuilder code) {
    for (String line : source.split("\n", -1)) {
      boolean magic = line.startsWith("%") || line.startsWith("!");
      code.append(magic ? "# " : "").append(line).append('\n');
    }
  }
}
