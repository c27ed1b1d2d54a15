package dev.flotilla.assistant.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.assistant.door.api.ApiError;
import dev.flotilla.assistant.upstream.Call;
import dev.flotilla.assistant.upstream.Reply;
import dev.flotilla.assistant.upstream.UpstreamException;
import dev.flotilla.assistant.upstream.Usage;
import dev.flotilla.kernel.http.CallOff;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes a stream on, part by part, and accounts for it however it ends. For one thread. */
final class Relay {
  private static final Logger log = LoggerFactory.getLogger(Relay.class);

  private final Settlement settlement;
  private final Wards wards;
  private final InstantSource time;
  private final Call call;
  private final Asking.Answered answered;
  private final Reply.Chunks chunks;
  private final Admitted admitted;
  private final Trace trace;
  private final Instant deadline;
  private final StreamForm form;
  private final StringBuilder said = new StringBuilder();
  private Optional<Usage> usage = Optional.empty();
  private long letters;
  private boolean toolsCalled;
  private JsonNode last = MissingNode.getInstance();

  Relay(
      Settlement settlement,
      Wards wards,
      InstantSource time,
      Call call,
      Asking.Answered answered,
      Reply.Chunks chunks,
      Admitted admitted,
      Trace trace,
      Instant deadline,
      StreamForm form) {
    this.settlement = settlement;
    this.wards = wards;
    this.time = time;
    this.call = call;
    this.answered = answered;
    this.chunks = chunks;
    this.admitted = admitted;
    this.trace = trace;
    this.deadline = deadline;
    this.form = form;
  }

  /**
   * Writes the whole stream and closes it, so that it has left before the request counts as ended;
   * throws when the client has gone.
   */
  void write(OutputStream out) throws IOException, InterruptedException {
    CallOff callOff = new CallOff();
    String outcome = "failed";
    Optional<String> error = Optional.empty();
    try (chunks;
        Wards.Ward _ = wards.take(callOff, deadline)) {
      callOff.run(
          () -> {
            pass(out, callOff);
            return true;
          });
      outcome = "answered";
      answered.span().answered(last, usage(), said::toString);
    } catch (CallOff.CalledOff e) {
      error = Optional.of(e.reason());
      if (e.reason().equals(Wards.LEFT)) {
        outcome = "cancelled";
      } else {
        tell(out, ApiErrors.calledOff(e.reason()));
      }
    } catch (UpstreamException e) {
      error = Optional.of(answered.target() + ": " + e.reason());
      settlement.broke(answered.target(), e);
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
      error = Optional.of(Wards.LEFT);
      throw e;
    } catch (RuntimeException e) {
      error = Optional.of("a fault in the door");
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      settlement.took(trace, answered.leaf(), usage(), admitted);
      answered.span().failed(outcome.equals("cancelled") ? outcome : "broken", error.orElse(""));
      settlement.end(trace, 200, outcome, error);
      admitted.close();
    }
  }

  private void pass(OutputStream out, CallOff callOff) throws IOException, UpstreamException {
    callOff.undisturbed(
        () -> {
          for (Reply.Chunk chunk : answered.begun()) {
            pass(chunk, out);
          }
          out.flush();
        });
    rest(chunks, out, callOff, answered.leaf().resume());
    callOff.undisturbed(
        () -> {
          form.end(usage(), out);
          out.close();
        });
  }

  private void rest(Reply.Chunks from, OutputStream out, CallOff callOff, boolean mayResume)
      throws IOException, UpstreamException {
    try {
      for (Optional<Reply.Chunk> next = from.next(); next.isPresent(); next = from.next()) {
        Reply.Chunk chunk = next.get();
        callOff.undisturbed(
            () -> {
              pass(chunk, out);
              out.flush();
            });
      }
    } catch (UpstreamException e) {
      if (!mayResume || said.isEmpty() || toolsCalled || Thread.currentThread().isInterrupted()) {
        throw e;
      }
      log.info(
          "{} broke off in {} and is asked to go on: {}",
          answered.target(),
          trace.id(),
          e.reason());
      try (Reply.Chunks more = goOn()) {
        rest(more, out, callOff, false);
      }
    }
  }

  /** Asks once more, with what was said so far as the beginning of the answer. */
  private Reply.Chunks goOn() throws UpstreamException {
    ObjectNode body = call.body().deepCopy();
    if (!(body.path("messages") instanceof ArrayNode messages)) {
      throw UpstreamException.unable("only a chat can go on");
    }
    messages.addObject().put("role", "assistant").put("content", said.toString());
    Call again =
        new Call(
            call.kind(),
            body,
            true,
            Duration.between(time.instant(), deadline),
            Asking.carried(answered.span(), deadline));
    trace.passedOver(answered.target(), "it broke off and was asked to go on");
    if (answered.leaf().upstream().ask(again) instanceof Reply.Chunks more) {
      return more;
    }
    throw UpstreamException.unable("it does not go on as a stream");
  }

  private void pass(Reply.Chunk chunk, OutputStream out) throws IOException {
    said.append(chunk.text());
    letters += chunk.letters();
    toolsCalled |= chunk.tree().path("choices").path(0).path("delta").hasNonNull("tool_calls");
    Usage.of(chunk.tree()).ifPresent(told -> usage = Optional.of(told));
    if (chunk.last()) {
      last = chunk.tree();
    }
    form.part(chunk, out);
  }

  private Usage usage() {
    return usage.orElseGet(() -> Usage.byLength(call, letters));
  }

  private void tell(OutputStream out, ApiError error) throws IOException {
    form.error(error, out);
    out.close();
  }
}
