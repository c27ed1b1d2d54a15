package dev.flotilla.cli.ask;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.cli.client.Fleets;
import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.cli.screen.Screen;
import dev.flotilla.cli.screen.Style;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code flotilla chat}. */
@Command(
    name = "chat",
    description = "Talk with the fleet, with what was said before.",
    footerHeading = "%nExample:%n",
    footer = {
      "  flotilla chat --model cloud_api",
      "",
      "In it: /explain shows how the last answer came about, /model NAME asks another from now on,",
      "/new forgets what was said, /quit or Ctrl-D ends."
    })
public final class ChatCommand implements Callable<Integer> {
  private final Context context;
  private final String session = UUID.randomUUID().toString();

  @Option(
      names = {"-m", "--model"},
      paramLabel = "MODEL",
      description = "A model, a target or a task of the manifest; the router chooses otherwise.")
  private @Nullable String model;

  public ChatCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    Fleets fleets = new Fleets(context);
    DoorClient door = DoorClient.of(fleets);
    ObjectNode body = fleets.json().createObjectNode();
    body.put("model", model == null ? "auto" : model).put("stream", true);
    ArrayNode messages = body.putArray("messages");
    Screen screen = context.screen();
    Path history = fleets.folders().root().resolve("chat.history");
    try (Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build()) {
      LineReader reader =
          LineReaderBuilder.builder()
              .terminal(terminal)
              .appName("flotilla")
              .variable(LineReader.HISTORY_FILE, history)
              .build();
      screen.line(
          screen.paint(Style.DIM, "Ask away; /explain, /model NAME, /new, /quit or Ctrl-D."));
      String last = "";
      while (true) {
        String line = read(reader);
        if (line.equals("/quit") || line.equals("\u0004")) {
          return ExitCode.OK;
        }
        if (line.startsWith("/")) {
          command(line, last, body, messages, door, screen);
        } else if (!line.isBlank()) {
          last = ask(line, body, messages, door, screen);
        }
      }
    }
  }

  private static String read(LineReader reader) {
    try {
      return reader.readLine("> ").strip();
    } catch (UserInterruptException e) {
      return "";
    } catch (EndOfFileException e) {
      return "/quit";
    }
  }

  private String ask(
      String line, ObjectNode body, ArrayNode messages, DoorClient door, Screen screen) {
    messages.addObject().put("role", "user").put("content", line);
    StringBuilder answer = new StringBuilder();
    try {
      String id =
          door.chat(
              body,
              Map.of("X-Flotilla-Session", session),
              begun -> {},
              piece -> {
                answer.append(piece);
                screen.out().print(piece);
                screen.out().flush();
              });
      messages.addObject().put("role", "assistant").put("content", answer.toString());
      screen.line("");
      return id;
    } catch (CommandFailure e) {
      messages.remove(messages.size() - 1);
      screen.line("");
      screen.line(screen.paint(Style.YELLOW, String.valueOf(e.getMessage())));
      return "";
    }
  }

  private static void command(
      String line,
      String last,
      ObjectNode body,
      ArrayNode messages,
      DoorClient door,
      Screen screen) {
    if (line.equals("/new")) {
      messages.removeAll();
      screen.line("Forgotten.");
    } else if (line.equals("/explain")) {
      if (last.isEmpty()) {
        screen.line("There is no answer yet to explain.");
      } else {
        screen.lines(ExplanationText.lines(door.explain(last), screen));
      }
    } else if (line.startsWith("/model ")) {
      body.put("model", line.substring(7).strip());
      screen.line("Asking " + line.substring(7).strip() + " from now on.");
    } else {
      screen.line("There are /explain, /model NAME, /new and /quit.");
    }
  }
}
