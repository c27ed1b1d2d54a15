package dev.flotilla.cli.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.cli.context.JsonArgument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flotilla jobs submit}. */
@Command(
    name = "submit",
    description = "Submit a job; it is durable when its id is printed.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  flotilla jobs submit transcribe '{\"file\":\"a.wav\"}' --key a.wav",
      "  flotilla jobs submit report --after j1mk2… --wait"
    })
final class JobsSubmitCommand implements Callable<Integer> {
  private final Context context;

  @Parameters(index = "0", paramLabel = "KIND", description = "What sort of work.")
  private String kind = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "JSON",
      defaultValue = "{}",
      description = "What the worker needs to know; {} when left out.")
  private String payload = "{}";

  @Option(
      names = "--priority",
      paramLabel = "NUMBER",
      defaultValue = "0",
      description = "Larger goes first; 0 when left out.")
  private int priority;

  @Option(
      names = "--delay",
      paramLabel = "SECONDS",
      defaultValue = "0",
      description = "Not before so many seconds.")
  private double delay;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "Among jobs of the kind only one has it: the one that is there is given.")
  private String key = "";

  @Option(names = "--after", paramLabel = "JOB", description = "A job that must be done first.")
  private List<String> after = List.of();

  @Option(names = "--wait", description = "Wait for the job's end, and show it.")
  private boolean wait;

  JobsSubmitCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    Map<String, Object> job = new LinkedHashMap<>();
    job.put("kind", kind);
    job.put("payload", JsonArgument.read(payload, "payload", "{\"file\":\"a.wav\"}"));
    job.put("priority", priority);
    job.put("delay", delay);
    job.put("after", after);
    if (!key.isEmpty()) {
      job.put("key", key);
    }
    JobsClient jobs = new JobsClient(context);
    JsonNode submitted = jobs.call("submit", Map.of("jobs", List.of(job))).path("jobs").path(0);
    if (wait) {
      return new JobWatch(context).untilEnd(submitted);
    }
    if (context.options().json()) {
      context.printJson(submitted);
    } else {
      context.screen().line(JobText.line(submitted));
    }
    return ExitCode.OK;
  }
}
