package dev.flotilla.assistant.jobs;

import dev.flotilla.kernel.Health;
import dev.flotilla.kernel.Service;
import dev.flotilla.kernel.ServiceContext;
import dev.flotilla.kernel.ServiceFactory;
import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.kernel.operation.Deadline;
import dev.flotilla.kernel.operation.Operation;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Durable work for agents: submit, take under a lease, renew, complete or fail, replay. Changes are
 * told as events {@code flotilla.event.job.<kind>} after they are durable. Thread-safe.
 */
public final class AsyncProcessor implements Service {
  public static final String NAME = "AsyncProcessor";

  private static final Logger log = LoggerFactory.getLogger(AsyncProcessor.class);
  private static final Duration SWEEP = Duration.ofSeconds(1);
  private static final Duration CLEANING = Duration.ofMinutes(10);
  private static final int MOST_LISTED = 1_000;

  private final AsyncProcessorConfig config;
  private final Turnstile turnstile = new Turnstile();
  private final Desk desk;
  private volatile String trouble = "";

  private AsyncProcessor(AsyncProcessorConfig config, ServiceContext context)
      throws IOException, SQLException {
    this.config = config;
    Database database = Database.of(config.database(), context.folder("jobs").resolve("jobs.db"));
    JobTable jobs = context.keep(new JobTable(database, context.clock(), new SecureRandom()));
    desk = new Desk(context, jobs, new Schedules(jobs, context.clock()));
    context.every(SWEEP, desk::sweep);
    context.every(CLEANING, desk::clean);
    context.keep(this::letGo);
    context
        .metrics()
        .gauge(
            "flotilla_jobs_last_sweep_ok",
            "1 when the last look at the jobs found the database working.",
            () -> trouble.isEmpty() ? 1 : 0);
  }

  public static ServiceFactory<AsyncProcessorConfig> factory() {
    return new ServiceFactory<>(NAME, AsyncProcessorConfig.DEFAULTS, AsyncProcessor::new);
  }

  /** Workers that wait for work go home. */
  private void letGo() {
    trouble = "it is being closed";
    turnstile.turn();
  }

  @Override
  public Health health() {
    return trouble.isEmpty() ? Health.ok() : Health.down(trouble);
  }

  @Override
  public List<Operation<?, ?>> operations() {
    return List.of(
        Operation.of("submit", Requests.Submit.class, Requests.Jobs.class, desk::submit)
            .summary("Takes work on, all of it or none; durable when answered."),
        Operation.of("claim", Requests.Claim.class, Requests.Leases.class, desk::claim)
            .summary("Gives a worker what it may do now, and waits for work when asked to."),
        Operation.of("renew", Requests.Renew.class, Requests.Renewed.class, desk::renew)
            .summary("A worker's sign of life, with its progress."),
        Operation.of("complete", Requests.Complete.class, Requests.One.class, desk::complete)
            .summary("Keeps the result of a job and lets go those that waited for it."),
        Operation.of("fail", Requests.Fail.class, Requests.One.class, desk::fail)
            .summary("The worker could not do it: tried again after a rest, or dead."),
        Operation.of("cancel", Requests.Id.class, Requests.One.class, desk::cancel)
            .summary("Calls a job off, and what needs it."),
        Operation.of("replay", Requests.Id.class, Requests.One.class, desk::replay)
            .summary("Gives a dead or cancelled job another life."),
        Operation.of("get", Requests.Id.class, Requests.One.class, desk::get)
            .summary("One job with its state and result."),
        Operation.of("list", Requests.Query.class, Requests.Jobs.class, desk::list)
            .summary("Jobs by kind and state, the newest first."),
        Operation.of("counts", Operation.Nothing.class, Requests.Counts.class, desk::counts)
            .summary("How many jobs are in each state, by kind."),
        Operation.of(
                "put-schedule",
                Requests.PutSchedule.class,
                Requests.ScheduleList.class,
                desk::schedule)
            .summary("Adds work that comes again, by a cron expression with a time zone."),
        Operation.of(
                "remove-schedule", Requests.Name.class, Requests.Removed.class, desk::unschedule)
            .summary("Takes a schedule away; its jobs stay."),
        Operation.of(
                "schedules", Operation.Nothing.class, Requests.ScheduleList.class, desk::schedules)
            .summary("The schedules, and when each comes next."));
  }

  /** The operations, with what they need. */
  private final class Desk {
    private final ServiceContext context;
    private final Clock clock;
    private final JobTable jobs;
    private final Schedules schedules;

    Desk(ServiceContext context, JobTable jobs, Schedules schedules) {
      this.context = context;
      this.clock = context.clock();
      this.jobs = jobs;
      this.schedules = schedules;
    }

    Requests.Jobs submit(Requests.Submit request) {
      List<Submission> submissions = new ArrayList<>();
      for (int i = 0; i < request.jobs().size(); i++) {
        submissions.add(submission(request.jobs().get(i), "jobs[" + i + "]"));
      }
      List<Job> submitted = asked(() -> jobs.submit(submissions));
      submitted.forEach(this::tell);
      turnstile.turn();
      return new Requests.Jobs(submitted);
    }

    private Submission submission(Requests.Work work, String field) {
      if (!work.kind().matches("[A-Za-z0-9_-]{1,100}")) {
        throw Failure.badRequest(
                field + ".kind",
                "\"" + work.kind() + "\"",
                "1 to 100 letters, digits, - and _",
                "name the kind of work as its workers do")
            .exception();
      }
      int attempts = work.maxAttempts().orElse(Submission.DEFAULT_ATTEMPTS);
      if (attempts < 1) {
        throw Failure.badRequest(
                field + ".maxAttempts", Integer.toString(attempts), "at least 1", "raise it")
            .exception();
      }
      Instant now = clock.instant();
      return new Submission(
          work.kind(),
          work.payload(),
          work.priority().orElse(0),
          work.at().orElse(now.plus(work.delay().orElse(Duration.ZERO))),
          attempts,
          work.backoff().orElse(Submission.DEFAULT_BACKOFF),
          work.keepFor().orElse(Submission.DEFAULT_KEEP),
          work.key(),
          work.after());
    }

    Requests.Leases claim(Requests.Claim request) throws InterruptedException {
      Instant until = clock.instant().plus(patience(request));
      while (true) {
        long turns = turnstile.turns();
        List<Lease> leases =
            asked(
                () ->
                    jobs.claim(
                        request.kinds(),
                        request.worker(),
                        request.lease().orElse(config.lease()),
                        request.most().orElse(1),
                        config.limits()));
        Instant now = clock.instant();
        if (!leases.isEmpty() || !now.isBefore(until) || !trouble.isEmpty()) {
          leases.forEach(lease -> tell(lease.job()));
          return new Requests.Leases(leases);
        }
        Duration rest = Duration.between(now, until);
        Optional<Instant> next = jobs.nextTurn();
        turnstile.awaitTurn(
            turns,
            next.map(time -> Turnstile.shorter(rest, Duration.between(now, time))).orElse(rest));
      }
    }

    /** Never so long that the answer would come after its deadline. */
    private Duration patience(Requests.Claim request) {
      Duration wait =
          Turnstile.shorter(request.patience().orElse(Duration.ZERO), config.longestWait());
      return Deadline.current()
          .map(end -> Duration.between(clock.instant(), end).minusMillis(200))
          .map(left -> Turnstile.shorter(left, wait))
          .orElse(wait);
    }

    Requests.Renewed renew(Requests.Renew request) {
      return new Requests.Renewed(
          asked(
              () ->
                  jobs.renew(
                      request.id(),
                      request.token(),
                      request.lease().orElse(config.lease()),
                      request.progress(),
                      request.note())));
    }

    Requests.One complete(Requests.Complete request) {
      Job done = asked(() -> jobs.complete(request.id(), request.token(), request.result()));
      turnstile.turn();
      return told(done);
    }

    Requests.One fail(Requests.Fail request) {
      Job failed =
          asked(
              () ->
                  jobs.fail(
                      request.id(),
                      request.token(),
                      request.error(),
                      request.retry().orElse(true)));
      turnstile.turn();
      return told(failed);
    }

    Requests.One cancel(Requests.Id request) {
      return told(asked(() -> jobs.cancel(request.id())));
    }

    Requests.One replay(Requests.Id request) {
      Job job = asked(() -> jobs.replay(request.id()));
      turnstile.turn();
      return told(job);
    }

    Requests.One get(Requests.Id request) {
      return new Requests.One(
          asked(() -> jobs.find(request.id()).orElseThrow(() -> new UnknownJob(request.id()))));
    }

    Requests.Jobs list(Requests.Query query) {
      int most = Math.clamp(query.most().orElse(100), 1, MOST_LISTED);
      return new Requests.Jobs(asked(() -> jobs.list(query.kind(), query.state(), most)));
    }

    Requests.Counts counts(Operation.Nothing nothing) {
      return new Requests.Counts(asked(jobs::counts));
    }

    Requests.ScheduleList schedule(Requests.PutSchedule request) {
      try {
        var _ =
            schedules.put(
                request.name(),
                request.kind(),
                request.payload(),
                request.priority().orElse(0),
                request.cron(),
                request.zone().orElse("UTC"));
      } catch (IllegalArgumentException e) {
        throw Failure.badRequest(
                "cron",
                String.valueOf(e.getMessage()),
                "minute, hour, day of month, month, day of week, and a zone such as Europe/Berlin",
                "for example 0 6 * * 1-5 for six o'clock on working days")
            .exception();
      }
      return new Requests.ScheduleList(schedules.list());
    }

    Requests.Removed unschedule(Requests.Name request) {
      return new Requests.Removed(schedules.remove(request.name()));
    }

    Requests.ScheduleList schedules(Operation.Nothing nothing) {
      return new Requests.ScheduleList(schedules.list());
    }

    void sweep() {
      try {
        List<Job> changed = new ArrayList<>(jobs.expire());
        changed.addAll(schedules.submitDue());
        changed.forEach(this::tell);
        if (!changed.isEmpty()) {
          turnstile.turn();
        }
        trouble = "";
      } catch (JobsUnavailable e) {
        trouble = String.valueOf(e.getMessage());
        log.warn("Jobs cannot be kept: {}", trouble);
      }
    }

    void clean() {
      int forgotten = jobs.forget();
      if (forgotten > 0) {
        log.info("Forgot {} jobs that ended longer ago than they were to be kept", forgotten);
      }
    }

    private Requests.One told(Job job) {
      tell(job);
      return new Requests.One(job);
    }

    private void tell(Job job) {
      context.tell("job." + job.kind(), job);
    }

    private <T> T asked(java.util.function.Supplier<T> question) {
      try {
        return question.get();
      } catch (UnknownJob e) {
        throw Failure.notFound(
                String.valueOf(e.getMessage()),
                "the id of a job that is kept",
                "list the jobs; results are dropped after their time")
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
}
