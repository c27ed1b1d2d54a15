package dev.flotilla.bus.service;

import dev.flotilla.bus.Bus;
import dev.flotilla.bus.Message;
import dev.flotilla.bus.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One endpoint at work: a virtual thread a request, at most so many at once. */
final class RunningEndpoint implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningEndpoint.class);

  private final Bus bus;
  private final Endpoint endpoint;
  private final Semaphore permits;
  private final AtomicReference<EndpointStats> stats = new AtomicReference<>(EndpointStats.NONE);
  private final ExecutorService threads;
  private final Subscription subscription;

  RunningEndpoint(Bus bus, Endpoint endpoint) {
    this.bus = bus;
    this.endpoint = endpoint;
    this.permits = new Semaphore(endpoint.concurrency());
    this.threads =
        Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name(endpoint.subject() + "-", 0).factory());
    this.subscription = bus.subscribe(endpoint.subject(), endpoint.queue(), this::receive);
  }

  Endpoint endpoint() {
    return endpoint;
  }

  EndpointStats stats() {
    return stats.get();
  }

  @Override
  public void close() {
    subscription.close();
    threads.close();
  }

  private void receive(Message request) {
    permits.acquireUninterruptibly();
    boolean started = false;
    try {
      threads.execute(() -> work(request));
      started = true;
    } finally {
      if (!started) {
        permits.release();
      }
    }
  }

  private void work(Message request) {
    long begin = System.nanoTime();
    try {
      Answer answer = endpoint.handler().answer(request);
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      stats.updateAndGet(s -> s.plus(took));
      send(request, answer);
    } catch (ServiceException e) {
      fail(request, begin, e.code(), String.valueOf(e.getMessage()));
    } catch (RuntimeException | Error e) {
      LOG.error("{} failed", endpoint.subject(), e);
      fail(request, begin, 500, "internal error: " + e);
      if (e instanceof Error error) {
        throw error;
      }
    } finally {
      permits.release();
    }
  }

  private void fail(Message request, long begin, int code, String message) {
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    stats.updateAndGet(s -> s.plusError(took, code, message));
    send(
        request,
        new Answer(
            Map.of(
                ServiceHeaders.ERROR, List.of(ServiceHeaders.oneLine(message)),
                ServiceHeaders.ERROR_CODE, List.of(Integer.toString(code))),
            new byte[0]));
  }

  private void send(Message request, Answer answer) {
    if (request.replyTo().isEmpty()) {
      return;
    }
    try {
      bus.publish(
          new Message(request.replyTo().get(), Optional.empty(), answer.headers(), answer.data()));
    } catch (RuntimeException e) {
      LOG.error("the answer of {} could not be sent", endpoint.subject(), e);
    }
  }
}
