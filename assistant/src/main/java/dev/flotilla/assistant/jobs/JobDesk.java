package dev.flotilla.assistant.jobs;

import dev.flotilla.bus.Message;
import dev.flotilla.bus.Subscription;
import dev.flotilla.kernel.ServiceContext;
import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.kernel.operation.Deadline;
import dev.flotilla.kernel.operation.Operation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the operations of the AsyncProcessor do. Thread-safe. */
final class JobDesk {
  private static final Logger log = LoggerFactory.getLogger(JobDesk.class);
  private static final int MOST_LISTED = 1_000;
  private static final int LONGEST_ERROR = 4_000;
  private static final int LONGEST_NOTE = 1_000;
  private static final int HEADROOM = 1_000;

  private final AsyncProcessorConfig config;
  private final ServiceContext context;
  private final Clock clock;
  private final JobTable jobs;
  private final Schedules schedules;
  private final Turnstile turnstile = new Turnstile();

  /** Bytes of a payload, and of a result: both have to fit into one message with what is beside. */
  private final int largest;

  private volatile String trouble = "";

  JobDesk(AsyncProcessorConfig config, ServiceContext context, JobTable jobs) {
    this.config = config;
    this.context = context;
    this.clock = context.clock();
    this.jobs = jobs;
    this.schedules = new Schedules(jobs, clock);
    this.largest = Math.toIntExact(context.bus().maxPayload() / 5 * 2);
  }

  /** Why jobs cannot be kept now; empty when they can. */
  String trouble() {
    return trouble;
  }

  /** Who waits looks again: another process may have changed the same tables. */
  void wake() {
    turnstile.turn();
  }

  /** Who waits goes home. */
  void letGo() {
    trouble = "it is being closed";
    turnstile.turn();
  }

  /** Over the bus: the answer fits into a message, or nothing is submitted. */
  Requests.Jobs submit(Requests.Submit request) {
    return submit(request, context.bus().maxPayload() - HEADROOM);
  }

  Requests.Jobs submit(Requests.Submit request, long mostBytes) {
    List<Submission> submissions = Submissions.read(request, clock.instant(), largest);
    return new Requests.Jobs(changed(asked(() -> jobs.submit(submissions, mostBytes))));
  }

  Requests.Leases claim(Requests.Claim request) throws InterruptedException {
    Claimed claim = Claimed.read(request, config);
    Patience patience = new Patience(patience(request.patience()));
    while (true) {
      long turns = turnstile.turns();
      List<Lease> leases =
          asked(
              () ->
                  jobs.claim(
                      claim.kinds(),
                      claim.worker(),
                      claim.lease(),
                      claim.most(),
                      largest,
                      config.limits()));
      if (!leases.isEmpty() || patience.isOver() || !trouble.isEmpty()) {
        leases.forEach(lease -> tell(lease.job()));
        return new Requests.Leases(leases);
      }
      Duration rest = patience.left();
      Duration untilNext =
          asked(jobs::nextTurn).map(time -> Duration.between(clock.instant(), time)).orElse(rest);
      turnstile.awaitTurn(turns, Turnstile.shorter(rest, untilNext));
    }
  }

  /** How long somebody still waits, whatever becomes of the clock: who has gone takes no job. */
  private static final class Patience {
    private final long end;

    Patience(Duration patience) {
      end = System.nanoTime() + patience.toNanos();
    }

    Duration left() {
      return Duration.ofNanos(end - System.nanoTime());
    }

    boolean isOver() {
      return !left().isPositive();
    }
  }

  /** Never so long that the answer would come after its deadline. */
  private Duration patience(Optional<Duration> asked) {
    return Deadline.spare(
        Turnstile.shorter(asked.orElse(Duration.ZERO), config.longestWait()), clock);
  }

  Requests.Renewed renew(Requests.Renew request) {
    Claimed.progress(request.progress());
    Duration lease = Claimed.lease(request.lease().orElse(config.lease()));
    Instant until =
        asked(
            () ->
                jobs.renew(
                    request.id(),
                    request.token(),
                    lease,
                    request.progress(),
                    request.note().map(note -> cut(note, LONGEST_NOTE))));
    if (request.progress().isPresent() || request.note().isPresent()) {
      asked(() -> jobs.find(request.id())).ifPresent(this::tell);
    }
    return new Requests.Renewed(until);
  }

  Requests.One complete(Requests.Complete request) {
    Submissions.light(request.result(), "result", largest);
    return first(asked(() -> jobs.complete(request.id(), request.token(), request.result())));
  }

  Requests.One fail(Requests.Fail request) {
    return changed(
        asked(
            () ->
                jobs.fail(
                    request.id(),
                    request.token(),
                    cut(request.error(), LONGEST_ERROR),
                    request.retry().orElse(true))));
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
  }

  Requests.One cancel(Requests.Id request) {
    return first(asked(() -> jobs.cancel(request.id())));
  }

  Requests.Changed cancelAll(Requests.All request) {
    int most = most(request.most(), MOST_LISTED);
    Submissions.kind(request.kind(), "kind");
    return counted(asked(() -> jobs.cancelAll(request.kind(), request.state(), most)), most);
  }

  Requests.Changed replayAll(Requests.All request) {
    int most = most(request.most(), MOST_LISTED);
    Submissions.kind(request.kind(), "kind");
    JobState state = request.state().orElse(JobState.DEAD);
    return counted(asked(() -> jobs.replayAll(request.kind(), state, most)), most);
  }

  private Requests.Changed counted(List<Job> moved, int most) {
    var _ = changed(moved);
    return new Requests.Changed(moved.size(), moved.size() >= most);
  }

  Requests.One replay(Requests.Id request) {
    return changed(asked(() -> jobs.replay(request.id())));
  }

  Requests.One get(Requests.Id request) {
    return new Requests.One(job(request.id()));
  }

  private Job job(String id) {
    return asked(() -> jobs.find(id).orElseThrow(() -> new UnknownJob(id)));
  }

  Requests.One await(Requests.Wait request) throws InterruptedException {
    Patience patience = new Patience(patience(request.patience()));
    while (true) {
      long turns = turnstile.turns();
      Job job = job(request.id());
      if (job.state().isEnd() || patience.isOver() || !trouble.isEmpty()) {
        return new Requests.One(job);
      }
      turnstile.awaitTurn(turns, patience.left());
    }
  }

  /** As many as fit into a message. */
  Requests.Page list(Requests.Query query) {
    int most = most(query.most(), 100);
    List<Job> page =
        asked(() -> jobs.list(query.kind(), query.state(), query.before(), most + 1, largest));
    List<Job> shown = page.subList(0, Math.min(most, page.size()));
    boolean more = page.size() > most || page.stream().mapToInt(Job::bytes).sum() >= largest;
    return new Requests.Page(
        List.copyOf(shown),
        more && !shown.isEmpty() ? Optional.of(shown.getLast().id()) : Optional.empty());
  }

  private static int most(Optional<Integer> asked, int usual) {
    int most = asked.orElse(usual);
    if (most < 1 || most > MOST_LISTED) {
      throw Failure.badRequest(
              "most", Integer.toString(most), "1 to " + MOST_LISTED, "ask again for more")
          .exception();
    }
    return most;
  }

  Requests.Counts counts(Operation.Nothing nothing) {
    return new Requests.Counts(asked(jobs::counts));
  }

  Requests.ScheduleList schedule(Requests.PutSchedule request) {
    Submissions.kind(request.kind(), "kind");
    try {
      var _ =
          asked(
              () ->
                  schedules.put(
                      request.name(),
                      request.kind(),
                      request.payload(),
                      request.priority().orElse(0),
                      request.cron(),
                      request.zone().orElse("UTC")));
    } catch (IllegalArgumentException e) {
      throw Failure.badRequest(
              "cron",
              String.valueOf(e.getMessage()),
              "minute, hour, day of month, month, day of week, and a zone such as Europe/Berlin",
              "for example 0 6 * * 1-5 for six o'clock on working days")
          .exception();
    }
    return new Requests.ScheduleList(asked(schedules::list));
  }

  Requests.Removed unschedule(Requests.Name request) {
    return new Requests.Removed(asked(() -> schedules.remove(request.name())));
  }

  Requests.ScheduleList schedules(Operation.Nothing nothing) {
    return new Requests.ScheduleList(asked(schedules::list));
  }

  /** Calls the listener with the JSON of every job that changes. */
  Subscription watch(String kind, Consumer<Message> listener) {
    return context.bus().subscribe("flotilla.event.job." + kind, "", listener);
  }

  void sweep() {
    try {
      List<Job> moved = new ArrayList<>(jobs.expire());
      moved.addAll(schedules.submitDue());
      if (!moved.isEmpty()) {
        var _ = changed(moved);
      }
      trouble = "";
    } catch (JobsUnavailable e) {
      trouble = "jobs cannot be kept: " + e.getMessage();
      log.warn("{}", trouble);
    }
  }

  void clean() {
    try {
      int forgotten = jobs.forget();
      if (forgotten > 0) {
        log.info("Forgot {} jobs that ended longer ago than they were to be kept", forgotten);
      }
    } catch (JobsUnavailable e) {
      log.warn("Old jobs were not forgotten: {}", e.getMessage());
    }
  }

  private Requests.One changed(Job job) {
    return first(List.of(job));
  }

  private Requests.One first(List<Job> moved) {
    return new Requests.One(changed(moved).getFirst());
  }

  private List<Job> changed(List<Job> moved) {
    moved.forEach(this::tell);
    turnstile.turn();
    return moved;
  }

  private void tell(Job job) {
    context.tell("job." + job.kind(), job);
  }

  private static <T> T asked(Supplier<T> question) {
    try {
      return question.get();
    } catch (UnknownJob e) {
      throw Failure.notFound(
              String.valueOf(e.getMessage()),
              "the id of a job that is kept",
              "list the jobs; results are dropped after their time")
          .exception();
    } catch (CannotBegin e) {
      throw Failure.conflict(
              String.valueOf(e.getMessage()),
              "needs that can still be done",
              "replay the job it needs first, or submit without it; nothing was submitted")
          .exception();
    } catch (TooMuch e) {
      throw new Failure(
              Failure.Kind.TOO_LARGE,
              Optional.of("jobs"),
              String.valueOf(e.getMessage()),
              "an answer that fits into a message",
              "submit fewer at a time, or over HTTP to /jobs; nothing was submitted")
          .exception();
    } catch (LeaseLost e) {
      throw Failure.conflict(
              String.valueOf(e.getMessage()), "the job's own lease", "stop, and claim again")
          .exception();
    } catch (JobsUnavailable e) {
      throw Failure.unavailable(
              String.valueOf(e.getMessage()),
              "a database that can be written",
              "mend the disk or the server, then try again; nothing was changed")
          .exception();
    }
  }
}
