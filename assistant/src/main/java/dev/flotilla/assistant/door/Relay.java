package dev.flotilla.assistant.door;

import dev.flotilla.assistant.door.api.ApiError;
import dev.flotilla.assistant.upstream.Call;
import dev.flotilla.assistant.upstream.Reply;
import dev.flotilla.assistant.upstream.Texts;
import dev.flotilla.assistant.upstream.UpstreamException;
import dev.flotilla.assistant.upstream.Usage;
import dev.flotilla.kernel.http.CallOff;
import dev.flotilla.kernel.time.Timers;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes a stream on, part by part, and accounts for it however it ends. For one thread. */
final class Relay {
  private static final Logger log = LoggerFactory.getLogger(Relay.class);

  private final Door door;
  private final Call call;
  private final Asking.Answered answered;
  private final Reply.Chunks chunks;
  private final Door.Admitted admitted;
  private final Trace trace;
  private final Instant deadline;
  private final StreamForm form;
  private Optional<Usage> usage = Optional.empty();
  private long characters;

  Relay(
      Door door,
      Call call,
      Asking.Answered answered,
      Reply.Chunks chunks,
      Door.Admitted admitted,
      Trace trace,
      Instant deadline,
      StreamForm form) {
    this.door = door;
    this.call = call;
    this.answered = answered;
    this.chunks = chunks;
    this.admitted = admitted;
    this.trace = trace;
    this.deadline = deadline;
    this.form = form;
  }

  /** Writes the whole stream; throws when the client has gone. */
  void write(OutputStream out) throws IOException, InterruptedException {
    CallOff callOff = new CallOff();
    String outcome = "failed";
    Optional<String> error = Optional.empty();
    try (chunks;
        Timers.Timer _ = door.timer(deadline, callOff)) {
      callOff.whenClientLeaves(Door.LEFT);
      callOff.run(
          () -> {
            pass(out);
            return true;
          });
      outcome = "answered";
    } catch (CallOff.CalledOff e) {
      error = Optional.of(e.reason());
      if (e.reason().equals(Door.LEFT)) {
        outcome = "cancelled";
      } else {
        tell(out, Asking.late());
      }
    } catch (UpstreamException e) {
      error = Optional.of(answered.target() + ": " + e.reason());
      door.broke(answered.target());
      log.info("{} broke off in {}: {}", answered.target(), trace.id(), e.reason());
      tell(
          out,
          ApiError.of(
              502,
              "server_error",
              "stream_broken",
              "The answer broke off: "
                  + answered.target()
                  + ": "
                  + e.reason()
                  + ". What came before is incomplete; ask again."));
    } catch (IOException e) {
      outcome = "cancelled";
      error = Optional.of(Door.LEFT);
      throw e;
    } catch (RuntimeException e) {
      error = Optional.of("a fault in the door");
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      door.took(trace, answered.leaf(), usage(), admitted);
      door.end(trace, outcome, error);
      admitted.close();
    }
  }

  private void pass(OutputStream out) throws IOException, UpstreamException {
    for (Reply.Chunk chunk : answered.begun()) {
      pass(chunk, out);
    }
    out.flush();
    for (Optional<Reply.Chunk> next = chunks.next(); next.isPresent(); next = chunks.next()) {
      pass(next.get(), out);
      out.flush();
    }
    form.end(usage(), out);
    out.flush();
  }

  private void pass(Reply.Chunk chunk, OutputStream out) throws IOException {
    characters += chunk.text().length();
    Usage.of(chunk.tree()).ifPresent(told -> usage = Optional.of(told));
    form.part(chunk, out);
  }

  private Usage usage() {
    return usage.orElseGet(() -> new Usage(Texts.tokens(call), Texts.tokens(characters), true));
  }

  private void tell(OutputStream out, ApiError error) throws IOException {
    form.error(error, out);
    out.flush();
  }
}
