package dev.flotilla.kernel.operation;

import dev.flotilla.bus.Bus;
import dev.flotilla.bus.BusException;
import dev.flotilla.bus.Message;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A call whose answer may be long in coming: every second whoever works at it is asked whether he
 * still does, so that his end is known long before the deadline.
 */
final class LongCall {
  /** The header that names the subject on which the call is asked after; see {@link CallInWork}. */
  static final String HEADER = "Flotilla-Call";

  /** What such a subject begins with. */
  static final String SUBJECT = "flotilla.call.";

  private static final Duration LONG = Duration.ofSeconds(5);
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Bus bus;
  private final String service;
  private final Duration period;
  private final String subject = SUBJECT + UUID.randomUUID();
  private boolean attended;

  /**
   * @param period between two questions
   */
  LongCall(Bus bus, String service, Duration period) {
    this.bus = bus;
    this.service = service;
    this.period = period;
  }

  /** Nobody works at the call any more, and there is no answer. */
  static final class TargetEnded extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Sends a request and waits for its answer; one that waits no longer than five seconds just
   * waits.
   *
   * @throws ExecutionException with a {@link BusException}
   * @throws InterruptedException after whoever works at it was told that nobody waits any more
   */
  static Message ask(Bus bus, String service, Message request, Duration rest)
      throws ExecutionException, InterruptedException, TargetEnded {
    return rest.compareTo(LONG) > 0
        ? new LongCall(bus, service, PERIOD).ask(request, rest)
        : bus.request(request, rest).get();
  }

  Message ask(Message request, Duration rest)
      throws ExecutionException, InterruptedException, TargetEnded {
    CompletableFuture<Message> answer = bus.request(request.withHeader(HEADER, subject), rest);
    try {
      while (true) {
        try {
          return answer.get(period.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException notYet) {
          if (ended()) {
            return last(answer);
          }
        }
      }
    } catch (InterruptedException | ExecutionException e) {
      callOff();
      throw e;
    }
  }

  /** Who ended may have answered first. */
  private static Message last(CompletableFuture<Message> answer)
      throws ExecutionException, InterruptedException, TargetEnded {
    try {
      return answer.get(PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new TargetEnded();
    }
  }

  /**
   * Whether it is certain that nobody works at it: who did is gone, or, where nobody ever said that
   * he does (he may not know how), there is nobody of that name.
   */
  private boolean ended() throws InterruptedException {
    return switch (knock(subject)) {
      case ANSWERED -> {
        attended = true;
        yield false;
      }
      case SILENT -> false;
      case NOBODY -> attended || knock("$SRV.PING." + service) == Knock.NOBODY;
    };
  }

  private enum Knock {
    ANSWERED,
    NOBODY,
    SILENT
  }

  private Knock knock(String where) throws InterruptedException {
    try {
      bus.request(Message.of(where, ""), PATIENCE).get();
      return Knock.ANSWERED;
    } catch (ExecutionException e) {
      return e.getCause() instanceof BusException bad
              && bad.reason() == BusException.Reason.NO_RESPONDERS
          ? Knock.NOBODY
          : Knock.SILENT;
    }
  }

  /**
   * A message that wants no answer says that nobody waits for the call's own; one that cannot go
   * out because the connection is lost goes out when it stands again.
   */
  private void callOff() {
    try {
      bus.publish(Message.of(subject, ""));
    } catch (BusException away) {
      return; // Then the target sees no more of us than of our call: it ends with its deadline.
    }
  }
}
