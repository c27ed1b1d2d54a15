package dev.flotilla.cli.context;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flotilla.cli.screen.Screen;
import dev.flotilla.model.Json;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command may know of the world outside.
 *
 * @param options filled before a command runs
 * @param environment of this process
 * @param directory where relative file names begin
 */
public record Context(
    GlobalOptions options, Screen plainScreen, Map<String, String> environment, Path directory) {

  /** The screen as the options have it. */
  public Screen screen() {
    Screen s = plainScreen;
    return options.noColour() || options.json()
        ? new Screen(s.out(), s.err(), s.terminal() && !options.json(), false, s.columns())
        : s;
  }

  /** Writes a value to standard output as indented JSON. */
  public void printJson(Object value) {
    print(Json.mapper(), value, true);
  }

  /** Writes a value to standard output as one line of JSON. */
  public void printJsonLine(ObjectMapper mapper, Object value) {
    print(mapper, value, false);
  }

  private void print(ObjectMapper mapper, Object value, boolean indented) {
    try {
      plainScreen
          .out()
          .println(
              indented
                  ? mapper.writerWithDefaultPrettyPrinter().writeValueAsString(value)
                  : mapper.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
