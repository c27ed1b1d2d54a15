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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
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
      "Ctrl-C stops an answer. In it: /explain shows how the last answer came about, /model NAME"
          + " asks another from now on,",
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
    Path history = ownersAlone(fleets.folders().root().resolve("chat.history"));
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
          last = ask(line, body, messages, door, screen, terminal);
        }
      }
    }
  }

  /** What somebody asked is for nobody else to read. */
  private static Path ownersAlone(Path file) throws IOException {
    Set<PosixFilePermission> owner = PosixFilePermissions.fromString("rw-------");
    if (Files.exists(file)) {
      Files.setPosixFilePermissions(file, owner);
    } else {
      Files.createFile(file, PosixFilePermissions.asFileAttribute(owner));
    }
    return file;
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
      String line,
      ObjectNode body,
      ArrayNode messages,
      DoorClient door,
      Screen screen,
      Terminal terminal) {
    messages.addObject().put("role", "user").put("content", line);
    Queue<String> answer = new ConcurrentLinkedQueue<>();
    CompletableFuture<String> answered = new CompletableFuture<>();
    AtomicReference<Runnable> cut = new AtomicReference<>(() -> {});
    Terminal.SignalHandler before =
        terminal.handle(
            Terminal.Signal.INT,
            signal -> {
              var _ = answered.cancel(false);
              Thread.startVirtualThread(cut.get());
            });
    var _ =
        Thread.startVirtualThread(
            () -> {
              try {
                var _ =
                    answered.complete(
                        door.chat(
                            body,
                            Map.of("X-Flotilla-Session", session),
                            cut::set,
                            begun -> {},
                            piece -> {
                              if (!answered.isDone()) {
                                answer.add(piece);
                                screen.out().print(piece);
                                screen.out().flush();
                              }
                            }));
              } catch (RuntimeException e) {
                var _ = answered.completeExceptionally(e);
              }
            });
    try {
      String id = answered.join();
      screen.line("");
      messages.addObject().put("role", "assistant").put("content", String.join("", answer));
      return id;
    } catch (CancellationException stopped) {
      screen.line("");
      screen.line(screen.paint(Style.DIM, "Stopped."));
      if (answer.isEmpty()) {
        messages.remove(messages.size() - 1);
      } else {
        messages.addObject().put("role", "assistant").put("content", String.join("", answer));
      }
      return "";
    } catch (CompletionException e) {
      messages.remove(messages.size() - 1);
      screen.line("");
      if (e.getCause() instanceof CommandFailure failure) {
        screen.line(screen.paint(Style.YELLOW, String.valueOf(failure.getMessage())));
        return "";
      }
      throw e;
    } finally {
      terminal.handle(Terminal.Signal.INT, before);
    }
  }

  /** What an open target has is known to its server alone. */
  private static void ask(String model, ObjectNode body, DoorClient door, Screen screen) {
    try {
      if (!model.contains("/")) {
        door.get("/v1/models/" + URLEncoder.encode(model, StandardCharsets.UTF_8));
      }
      body.put("model", model);
      screen.line("Asking " + model + " from now on.");
    } catch (CommandFailure e) {
      screen.line(screen.paint(Style.YELLOW, String.valueOf(e.getMessage())));
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
      ask(line.substring(7).strip(), body, door, screen);
    } else {
      screen.line("There are /explain, /model NAME, /new and /quit.");
    }
  }
}
