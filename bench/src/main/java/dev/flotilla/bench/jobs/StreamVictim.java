package dev.flotilla.bench.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.kernel.failure.OperationException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * An AsyncProcessor on a nats-server, and a worker: it takes what JetStream has for it and does it
 * until it is killed, and prints {@code done ID RESULT} once that is answered. With {@code drain}
 * it ends when nothing is left.
 */
final class StreamVictim {
  private static final Duration IDLE = Duration.ofMillis(100);
  private static final int IDLE_LOOKS = 30;

  private StreamVictim() {}

  public static void main(String[] args) throws Exception {
    boolean drain = args.length > 2;
    try (Rig rig = new Rig(Path.of(args[1]), Optional.empty(), args[0]);
        Rig.Caller worker = rig.caller("worker")) {
      say("ready");
      int idle = 0;
      while (!drain || idle < IDLE_LOOKS) {
        idle = work(worker) > 0 || (drain && isBusy(worker)) ? 0 : idle + 1;
      }
    }
    System.exit(0);
  }

  private static int work(Rig.Caller worker) {
    try {
      JsonNode leases =
          worker
              .call(
                  "claim",
                  Map.of("kinds", List.of("bench"), "worker", "w", "lease", 0.3, "most", 5))
              .path("leases");
      leases.forEach(lease -> finish(worker, lease));
      if (leases.isEmpty()) {
        LockSupport.parkNanos(IDLE.toNanos());
      }
      return leases.size();
    } catch (OperationException busAway) {
      LockSupport.parkNanos(IDLE.toNanos());
      return 0;
    }
  }

  private static void finish(Rig.Caller worker, JsonNode lease) {
    String result = UUID.randomUUID().toString();
    String id = lease.path("job").path("id").asText();
    worker.call(
        "complete", Map.of("id", id, "token", lease.path("token").asText(), "result", result));
    say("done " + id + " " + result);
  }

  /** Whether something waits; what has died of too many kills is given another life. */
  private static boolean isBusy(Rig.Caller worker) {
    var _ = worker.call("replay-all", Map.of("kind", "bench"));
    JsonNode counts = worker.call("counts", Map.of()).path("kinds").path("bench");
    return counts.path("queued").asLong() + counts.path("running").asLong() > 0;
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
