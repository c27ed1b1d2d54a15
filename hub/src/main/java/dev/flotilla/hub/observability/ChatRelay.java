package dev.flotilla.hub.observability;

import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.kernel.fleet.FleetView;
import dev.flotilla.kernel.http.CallOff;
import dev.flotilla.kernel.http.HttpRequest;
import dev.flotilla.kernel.http.HttpResponse;
import dev.flotilla.kernel.http.Outbound;
import dev.flotilla.model.Agent;
import dev.flotilla.model.Launch;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Passes what the chat page asks on to the fleet's door on this machine, with the owner's key,
 * which no browser sees. Thread-safe.
 */
final class ChatRelay {
  private static final String DOOR = "RequestCoordinator";
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration SILENCE = Duration.ofMinutes(5);

  private final Outbound outbound = new Outbound(CONNECT);
  private final Supplier<FleetView> view;
  private final String machine;
  private final Path ownerKey;

  /**
   * @param state the fleet's state folder
   */
  ChatRelay(Supplier<FleetView> view, String machine, Path state) {
    this.view = view;
    this.machine = machine;
    this.ownerKey = state.resolve("door/owner.key");
  }

  HttpResponse models() throws IOException {
    return whole("/v1/models");
  }

  HttpResponse explain(String id) throws IOException {
    return whole("/requests/" + id);
  }

  private HttpResponse whole(String path) throws IOException {
    try (Outbound.Answer answer = send("GET", path, new byte[0])) {
      return HttpResponse.bytes("application/json", answer.body().readAllBytes())
          .status(answer.status());
    }
  }

  /** A chat as the door answers it, streamed or not. */
  HttpResponse ask(HttpRequest request) throws IOException {
    Outbound.Answer answer = send("POST", "/v1/chat/completions", request.body());
    String type = answer.header("content-type").orElse("application/json");
    if (!type.contains("event-stream")) {
      try (answer) {
        return HttpResponse.bytes(type, answer.body().readAllBytes()).status(answer.status());
      }
    }
    return HttpResponse.stream(type, out -> pass(answer, out))
        .header("Cache-Control", "no-store")
        .header("X-Request-Id", answer.header("x-request-id").orElse(""));
  }

  private static void pass(Outbound.Answer answer, OutputStream out)
      throws IOException, InterruptedException {
    CallOff callOff = new CallOff();
    try (answer;
        InputStream in = answer.body()) {
      callOff.whenClientLeaves("the reader left");
      callOff.run(
          () -> {
            byte[] buffer = new byte[4096];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
              out.write(buffer, 0, n);
              out.flush();
            }
            return true;
          });
    } catch (CallOff.CalledOff e) {
      throw new IOException(e.reason(), e);
    } catch (IOException | InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private Outbound.Answer send(String method, String path, byte[] body) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    if (Files.isReadable(ownerKey)) {
      headers.put(
          "Authorization", "Bearer " + Files.readString(ownerKey, StandardCharsets.UTF_8).strip());
    }
    int port = port().orElseThrow(() -> noDoor("the manifest has none on this machine"));
    try {
      return outbound.send(
          new Outbound.Ask(
              method, URI.create("http://127.0.0.1:" + port + path), headers, body, SILENCE));
    } catch (IOException e) {
      throw noDoor("it does not answer (" + e.getMessage() + ")");
    }
  }

  private Optional<Integer> port() {
    return view.get().fleet().agentsOn(machine).stream()
        .filter(
            agent ->
                agent.launch() instanceof Launch.Service service && service.name().equals(DOOR))
        .findFirst()
        .flatMap(Agent::port);
  }

  private static RuntimeException noDoor(String why) {
    return Failure.unavailable(
            "no door for requests: " + why,
            "a running " + DOOR,
            "Add it to the manifest, or see how it is: flotilla status.")
        .exception();
  }
}
