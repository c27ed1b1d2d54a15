package dev.flotilla.cli.jobs;

import dev.flotilla.cli.context.Context;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin private OfKind kind = new OfKind();

  JobsWatchCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    JobWatch watch = new JobWatch(context);
    return id.isEmpty()
        ? watch.forEver(kind.request())
        : watch.untilEnd(new JobsClient(context).job(id));
  }
}
