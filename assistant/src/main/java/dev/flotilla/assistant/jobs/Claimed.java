package dev.flotilla.assistant.jobs;

import dev.flotilla.kernel.failure.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a worker asks for, read. */
record Claimed(List<String> kinds, String worker, Duration lease, int most) {
  private static final int MOST = 1_000;
  private static final Duration LONGEST = Duration.ofDays(1);

  static Claimed read(Requests.Claim request, AsyncProcessorConfig config) {
    if (request.kinds().isEmpty()) {
      throw Failure.badRequest(
              "kinds", "no kind", "the kinds of work the worker can do", "name at least one")
          .exception();
    }
    request.kinds().forEach(kind -> Submissions.kind(kind, "kinds"));
    if (request.worker().isBlank()) {
      throw Failure.badRequest(
              "worker", "an empty name", "who does the work", "name the agent or the process")
          .exception();
    }
    int most = request.most().orElse(1);
    if (most < 1 || most > MOST) {
      throw Failure.badRequest(
              "most", Integer.toString(most), "1 to " + MOST, "claim again for more")
          .exception();
    }
    return new Claimed(
        request.kinds().stream().distinct().toList(),
        request.worker(),
        lease(request.lease().orElse(config.lease())),
        most);
  }

  static Duration lease(Duration lease) {
    if (!lease.isPositive() || lease.compareTo(LONGEST) > 0) {
      throw Failure.badRequest(
              "lease",
              lease.toSeconds() + " seconds",
              "more than nothing, at most a day",
              "renew the lease while the work goes on")
          .exception();
    }
    return lease;
  }

  static void progress(Optional<Double> progress) {
    progress
        .filter(p -> !(p >= 0 && p <= 1))
        .ifPresent(
            p -> {
              throw Failure.badRequest(
                      "progress", p.toString(), "0 to 1", "divide what is done by all there is")
                  .exception();
            });
  }
}
