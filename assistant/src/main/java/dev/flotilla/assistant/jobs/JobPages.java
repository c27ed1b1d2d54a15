package dev.flotilla.assistant.jobs;

import dev.flotilla.bus.Message;
import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.kernel.http.EventStream;
import dev.flotilla.kernel.http.HttpRequest;
import dev.flotilla.kernel.http.HttpResponse;
import dev.flotilla.kernel.http.Routes;
import dev.flotilla.kernel.wire.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Jobs as things of the web: to be posted, read, and watched as server-sent events. */
final class JobPages {
  private static final int MOST_BEHIND = 10_000;

  private JobPages() {}

  static void add(Routes routes, JobDesk desk) {
    routes
        .get("/jobs", request -> HttpResponse.json(desk.list(query(request))))
        .post(
            "/jobs",
            request -> HttpResponse.json(desk.submit(submit(request), Long.MAX_VALUE)).status(201))
        .get("/jobs/events", request -> watch(desk, request.query("kind").orElse("*"), null))
        .get("/jobs/{id}", request -> HttpResponse.json(desk.get(id(request))))
        .delete("/jobs/{id}", request -> HttpResponse.json(desk.cancel(id(request))))
        .post("/jobs/{id}/replay", request -> HttpResponse.json(desk.replay(id(request))))
        .get(
            "/jobs/{id}/events",
            request -> {
              Job job = desk.get(id(request)).job();
              return watch(desk, job.kind(), job.id());
            });
  }

  private static Requests.Id id(HttpRequest request) {
    return new Requests.Id(request.parameter("id"));
  }

  private static Requests.Submit submit(HttpRequest request) {
    try {
      return Wire.read(request.body(), Requests.Submit.class);
    } catch (UncheckedIOException e) {
      throw Failure.badRequest(
              "jobs",
              String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
              "{\"jobs\":[{\"kind\":…,\"payload\":…}]}",
              "see /openapi.json for the fields of a job")
          .exception();
    }
  }

  private static Requests.Query query(HttpRequest request) {
    return new Requests.Query(
        request.query("kind"),
        request.query("state").map(JobPages::state),
        request.query("most").map(JobPages::number),
        request.query("before"));
  }

  private static JobState state(String label) {
    try {
      return JobState.ofLabel(label);
    } catch (IllegalArgumentException e) {
      throw Failure.badRequest(
              "state",
              "\"" + label + "\"",
              String.join(", ", JobState.labels()),
              "leave it out for all")
          .exception();
    }
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw Failure.badRequest("most", "\"" + text + "\"", "a number", "leave it out for 100")
          .exception();
    }
  }

  /**
   * @param id of the one job that is watched until it ends; null for all of the kind
   */
  private static HttpResponse watch(JobDesk desk, String kind, @Nullable String id) {
    if (!kind.equals("*")) {
      Submissions.kind(kind, "kind");
    }
    return HttpResponse.events(
        events -> {
          BlockingQueue<Message> told = new LinkedBlockingQueue<>(MOST_BEHIND);
          try (var _ = desk.watch(kind, message -> told.offer(message))) {
            if (id != null && !show(events, desk.get(new Requests.Id(id)).job())) {
              return;
            }
            while (desk.trouble().isEmpty()) {
              Optional<Job> next =
                  Optional.ofNullable(told.poll(10, TimeUnit.SECONDS))
                      .map(message -> Wire.read(message.data(), Job.class));
              if (next.isEmpty()) {
                events.keepAlive();
              }
              Optional<Job> job = id == null ? next : next.or(() -> ended(desk, id));
              if (job.isPresent()
                  && (id == null || id.equals(job.get().id()))
                  && !show(events, job.get())
                  && id != null) {
                return;
              }
            }
          }
        });
  }

  /** What was told while the bus was away is not heard any more. */
  private static Optional<Job> ended(JobDesk desk, String id) {
    return Optional.of(desk.get(new Requests.Id(id)).job()).filter(job -> job.state().isEnd());
  }

  /** False when the job has ended. */
  private static boolean show(EventStream events, Job job) throws IOException {
    events.send(job.state().name().toLowerCase(Locale.ROOT), Wire.text(job));
    return !job.state().isEnd();
  }
}
