package dev.flotilla.assistant.jobs;

import dev.flotilla.kernel.Health;
import dev.flotilla.kernel.Service;
import dev.flotilla.kernel.ServiceContext;
import dev.flotilla.kernel.ServiceFactory;
import dev.flotilla.kernel.http.Routes;
import dev.flotilla.kernel.operation.Operation;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * Durable work for agents: submit, take under a lease, renew, complete or fail, replay. Changes are
 * told as events {@code flotilla.event.job.<kind>} after they are durable. Thread-safe.
 */
public final class AsyncProcessor implements Service {
  public static final String NAME = "AsyncProcessor";

  private static final Duration SWEEP = Duration.ofSeconds(1);
  private static final Duration CLEANING = Duration.ofMinutes(10);

  private final JobDesk desk;

  private AsyncProcessor(AsyncProcessorConfig config, ServiceContext context)
      throws IOException, SQLException {
    Database database =
        Database.of(
            config.database(), context.folder("jobs").resolve("jobs.db"), context.environment());
    JobTable jobs = context.keep(new JobTable(database, context.clock(), new SecureRandom()));
    desk = new JobDesk(config, context, jobs);
    context.every(SWEEP, desk::sweep);
    context.every(CLEANING, desk::clean);
    if (database instanceof Database.Postgres) {
      context.keep(desk.watch("*", changedElsewhere -> desk.wake()));
    }
    if (config.jetStream()) {
      JobStream.listen(context, desk);
    }
    context.keep(desk::letGo);
    context
        .metrics()
        .gauge(
            "flotilla_jobs_last_sweep_ok",
            "1 when the last look at the jobs found the database working.",
            () -> desk.trouble().isEmpty() ? 1 : 0);
  }

  public static ServiceFactory<AsyncProcessorConfig> factory() {
    return new ServiceFactory<>(NAME, AsyncProcessorConfig.DEFAULTS, AsyncProcessor::new);
  }

  /** Not {@link #health}: a database that is away does not come back by a restart of this. */
  @Override
  public Health readiness() {
    return desk.trouble().isEmpty() ? Health.ok() : Health.down(desk.trouble());
  }

  @Override
  public void routes(Routes routes) {
    JobPages.add(routes, desk);
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
        Operation.of("cancel-all", Requests.All.class, Requests.Changed.class, desk::cancelAll)
            .summary("Calls off jobs of a kind, up to a thousand at once, and what needs them."),
        Operation.of("replay-all", Requests.All.class, Requests.Changed.class, desk::replayAll)
            .summary("Gives the dead jobs of a kind another life, up to a thousand at once."),
        Operation.of("get", Requests.Id.class, Requests.One.class, desk::get)
            .summary("One job with its state and result."),
        Operation.of("wait", Requests.Wait.class, Requests.One.class, desk::await)
            .summary("One job once it has ended, or as it is when patience ends."),
        Operation.of("list", Requests.Query.class, Requests.Page.class, desk::list)
            .summary("Jobs by kind and state, the newest first, a page at a time."),
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
}
