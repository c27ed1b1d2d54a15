package dev.flotilla.assistant.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.flotilla.bus.Bus;
import dev.flotilla.bus.BusException;
import dev.flotilla.bus.Message;
import dev.flotilla.kernel.ServiceContext;
import dev.flotilla.kernel.failure.OperationException;
import dev.flotilla.kernel.wire.Wire;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The JetStream work queue in front of the jobs, where the bus is a nats-server that has JetStream:
 * what is published on {@code flotilla.job.<kind>} is kept by the server while no AsyncProcessor is
 * there, and becomes one job each, whatever dies in between, because its place in the stream is the
 * job's key unless it has one.
 */
final class JobStream implements AutoCloseable {
  static final String STREAM = "FLOTILLA_JOBS";
  static final String SUBJECTS = "flotilla.job.";

  private static final Logger log = LoggerFactory.getLogger(JobStream.class);
  private static final String API = "$JS.API.";
  private static final String CONSUMER = "AsyncProcessor";
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration WAIT = Duration.ofSeconds(5);
  private static final Duration REST = Duration.ofSeconds(1);
  private static final int BATCH = 100;

  private static final String LATER = "-NAK {\"delay\": 5000000000}";

  private final Bus bus;
  private final JobDesk desk;
  private final Thread thread;
  private volatile boolean closed;

  private JobStream(Bus bus, JobDesk desk) {
    this.bus = bus;
    this.desk = desk;
    this.thread = Thread.ofVirtual().name("job-stream").start(this::run);
  }

  /**
   * Takes work from the stream for as long as the service runs, if the bus has JetStream at all.
   */
  static void listen(ServiceContext context, JobDesk desk) {
    if (open(context.bus())) {
      context.keep(new JobStream(context.bus(), desk));
      log.info("Work published on {}<kind> is kept by JetStream and taken from there", SUBJECTS);
    }
  }

  private static boolean open(Bus bus) {
    try {
      if (ask(bus, "INFO", Map.of()).has("error")) {
        return false;
      }
    } catch (BusException noJetStream) {
      return false;
    }
    JsonNode stream =
        ask(
            bus,
            "STREAM.CREATE." + STREAM,
            Map.of(
                "name",
                STREAM,
                "subjects",
                List.of(SUBJECTS + "*"),
                "retention",
                "workqueue",
                "storage",
                "file",
                "duplicate_window",
                Duration.ofMinutes(10).toNanos()));
    JsonNode consumer =
        ask(
            bus,
            "CONSUMER.DURABLE.CREATE." + STREAM + "." + CONSUMER,
            Map.of(
                "stream_name",
                STREAM,
                "config",
                Map.of(
                    "durable_name",
                    CONSUMER,
                    "ack_policy",
                    "explicit",
                    "ack_wait",
                    Duration.ofSeconds(30).toNanos())));
    for (JsonNode answer : List.of(stream, consumer)) {
      if (answer.has("error")) {
        log.warn(
            "JetStream refuses the work queue {}: {}",
            STREAM,
            answer.path("error").path("description").asText());
        return false;
      }
    }
    return true;
  }

  private static JsonNode ask(Bus bus, String what, Object request) {
    try {
      Message answer = bus.request(Message.of(API + what, Wire.json(request)), PATIENCE).join();
      return Wire.read(answer.data(), JsonNode.class);
    } catch (CompletionException e) {
      throw e.getCause() instanceof BusException known ? known : e;
    }
  }

  private void run() {
    String inbox = "_INBOX.jobs." + UUID.randomUUID();
    BlockingQueue<Message> arrived = new LinkedBlockingQueue<>();
    try (var _ = bus.subscribe(inbox, "", arrived::add)) {
      while (!closed) {
        if (taken(inbox, arrived) == 0) {
          Thread.sleep(Duration.ofMillis(200));
        }
      }
    } catch (InterruptedException closing) {
      closed = true;
    }
    arrived.forEach(
        message -> acknowledged(message).ifPresent(ack -> bus.publish(Message.of(ack, "-NAK"))));
  }

  /** A server that is away is asked again. */
  private int taken(String inbox, BlockingQueue<Message> arrived) throws InterruptedException {
    try {
      return pull(inbox, arrived);
    } catch (BusException e) {
      log.warn("Work published on {}<kind> is not taken now: {}", SUBJECTS, e.getMessage());
      Thread.sleep(REST);
      return 0;
    }
  }

  /** Asks for work once; gives how much of it came before the server said that there is no more. */
  private int pull(String inbox, BlockingQueue<Message> arrived) throws InterruptedException {
    byte[] request = Wire.json(Map.of("batch", BATCH, "expires", WAIT.toNanos()));
    bus.publish(
        new Message(
            API + "CONSUMER.MSG.NEXT." + STREAM + "." + CONSUMER,
            Optional.of(inbox),
            Map.of(),
            request));
    for (int taken = 0; taken < BATCH; taken++) {
      Message next = arrived.poll(WAIT.plus(PATIENCE).toMillis(), TimeUnit.MILLISECONDS);
      if (next == null || acknowledged(next).isEmpty()) {
        return taken;
      }
      take(next, acknowledged(next).get());
    }
    return BATCH;
  }

  private static Optional<String> acknowledged(Message message) {
    return message.replyTo().filter(reply -> reply.startsWith("$JS.ACK."));
  }

  private void take(Message message, String ack) {
    try {
      var _ = desk.submit(new Requests.Submit(List.of(work(message, ack))));
      bus.publish(Message.of(ack, "+ACK"));
    } catch (UncheckedIOException e) {
      log.warn("What came on {} is no JSON and is dropped: {}", message.subject(), e.getMessage());
      bus.publish(Message.of(ack, "+TERM"));
    } catch (OperationException e) {
      boolean hopeless = e.failure().kind().ofCaller();
      log.warn(
          "What came on {} is no job now{}: {}",
          message.subject(),
          hopeless ? " and is dropped" : "",
          e.getMessage());
      bus.publish(Message.of(ack, hopeless ? "+TERM" : closed ? "-NAK" : LATER));
    }
  }

  /**
   * The ack subject is {@code $JS.ACK.<stream>.<consumer>.<delivered>.<sequence>.<sequence of the
   * consumer>.<time>.<pending>}; with its time, a place stays one of a kind when the stream is made
   * anew.
   */
  private static Requests.Work work(Message message, String ack) {
    String[] place = ack.split("\\.");
    JsonNode body =
        message.data().length == 0
            ? NullNode.getInstance()
            : Wire.read(message.data(), JsonNode.class);
    return new Requests.Work(
        message.subject().substring(SUBJECTS.length()),
        body,
        message.header("Flotilla-Priority").map(JobStream::number),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        message
            .header("Flotilla-Key")
            .or(() -> message.header("Nats-Msg-Id"))
            .or(() -> Optional.of("jetstream/%s/%s".formatted(place[5], place[7]))),
        List.of());
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      log.warn("The priority \"{}\" is no number and counts as 0", text);
      return 0;
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
