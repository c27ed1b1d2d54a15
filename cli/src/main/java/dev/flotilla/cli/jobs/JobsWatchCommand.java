package dev.flotilla.cli.jobs;

import dev.flotilla.cli.context.Context;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flotilla jobs watch}. */
@Command(
    name = "watch",
    description = "Tell of a job until it ends, or of all as they change.",
    footerHeading = "%nExamples:%n",
    footer = {"  flotilla jobs watch j1mk2…", "  flotilla jobs watch --kind transcribe"})
final class JobsWatchCommand implements Callable<Integer> {
  private final Context context;

  @Parameters(index = "0", arity = "0..1", paramLabel = "JOB", description = "All when left out.")
  private String id = "";

  @Option(names = "--kind", paramLabel = "KIND", description = "Only jobs of this kind.")
  private String kind = "";

  JobsWatchCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    JobsClient jobs = new JobsClient(context);
    JobWatch watch = new JobWatch(context, jobs);
    return id.isEmpty() ? watch.forEver(kind) : watch.untilEnd(jobs.job(id));
  }
}
