package dev.flotilla.kernel.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.bus.Message;
import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.kernel.failure.OperationException;
import dev.flotilla.kernel.metrics.Metrics;
import dev.flotilla.kernel.testing.FakeTime;
import dev.flotilla.kernel.testing.InMemoryBus;
import dev.flotilla.kernel.wire.Encoding;
import dev.flotilla.kernel.wire.Wire;
import dev.flotilla.model.Messaging;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class OperationsOnTheBusTest {
  private final InMemoryBus bus = new InMemoryBus();
  private final FakeTime time = new FakeTime();
  private final Metrics metrics = new Metrics();
  private final OperationServer server = serve("one");
  private final BusCalls calls =
      new BusCalls(bus, new Breakers(Messaging.Breaker.DEFAULT, time), time);

  private OperationServer serve(String id) {
    Dispatcher dispatcher =
        new Dispatcher(
            "Library",
            Library.operations(),
            time,
            new OperationMetrics(id.equals("one") ? metrics : new Metrics()));
    return OperationServer.start(bus, dispatcher, "1.2.3", id, time);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  void aCallReachesTheHandlerAndComesBack(Encoding encoding) {
    Library.Add add =
        new Library.Add(
            new Library.Book(
                "Solaris",
                List.of(new Library.Author("Lem", Optional.of(1921))),
                Library.Genre.SCIENCE_FICTION,
                new Library.Shelf(3)),
            Optional.empty(),
            Map.of("city", 2));
    Library.Added added = calls.in(encoding).call("Library", "add", add, Library.Added.class);
    assertThat(added.number()).isEqualTo(1);
    Calls.OperationClient<Library.Add, Library.Added> client =
        calls.client("Library", "add", Library.Add.class, Library.Added.class);
    assertThat(client.call(add).number()).isEqualTo(1);
    assertThat(calls.call("Library", "add", Wire.tree(add), JsonNode.class).path("number").asInt())
        .isEqualTo(1);
  }

  @Test
  void failuresComeBackAsTheyWereThrown() {
    assertThat(failure("missing"))
        .isEqualTo(Failure.notFound("no book \"missing\"", "a title we have", "Order it."));
    assertThat(failure("lent").found()).isEqualTo("lent – to Zoë");
    assertThat(failure("lent").kind()).isEqualTo(Failure.Kind.CONFLICT);
    assertThat(failure("closed").kind()).isEqualTo(Failure.Kind.UNAVAILABLE);
    assertThat(failure("broken").kind()).isEqualTo(Failure.Kind.INTERNAL);
    assertThat(failure("broken").sentence()).doesNotContain("shelf fell");
  }

  @Test
  void theHeadersOfAnErrorAreThoseOfTheServicesProtocol() {
    Message reply = request("flotilla.op.Library.find", "{\"title\":\"lent\"}");
    assertThat(reply.header("Nats-Service-Error-Code")).contains("409");
    assertThat(reply.header("Nats-Service-Error").orElseThrow()).matches("[\\x20-\\x7e]+");
  }

  @Test
  void aBadRequestNamesTheField() {
    assertThat(badField("add", "{\"book\":{\"title\":\"x\",\"authors\":[{\"name\":5}]}}"))
        .isEqualTo("book.authors[0].name");
    assertThat(badField("add", "{\"book\":{\"title\":\"x\",\"genre\":\"poem\"}}"))
        .isEqualTo("book.genre");
    assertThat(badField("find", "{\"title\":\"x\",\"titel\":1}")).isEqualTo("titel");
    assertThat(badField("find", "{}")).isEqualTo("title");
    assertThat(badField("find", "")).isEqualTo("title");
    assertThat(badField("find", "{\"title\":null}")).isEqualTo("title");
    assertThat(badField("find", "not json")).isEqualTo("request");
    assertThat(badField("find", "null")).isEqualTo("request");
    Failure choice = bad("add", "{\"book\":{\"title\":\"x\",\"genre\":\"poem\"}}");
    assertThat(choice.sentence()).contains("\"poem\"").contains("one of science-fiction, poetry");
    assertThat(bad("find", "{\"title\":\"x\",\"titel\":1}").expected()).isEqualTo("one of title");
  }

  @Test
  void anUnknownContentTypeIsRefused() {
    Message reply =
        bus.request(
                Message.of("flotilla.op.Library.find", "x").withHeader("Content-Type", "text/csv"),
                Duration.ofSeconds(30))
            .join();
    assertThat(reply.header("Nats-Service-Error-Code")).contains("415");
  }

  @Test
  void aCallPastItsDeadlineIsRefused() {
    Instant past = time.instant().minusMillis(1);
    Message reply =
        bus.request(
                Message.of("flotilla.op.Library.find", "{\"title\":\"x\"}")
                    .withHeader(Deadline.HEADER, "" + past.toEpochMilli()),
                Duration.ofSeconds(30))
            .join();
    assertThat(reply.header("Nats-Service-Error-Code")).contains("504");
    assertThat(metrics()).contains("outcome=\"deadline-exceeded\"");
  }

  @Test
  void nestedCallsInheritTheRestOfTheDeadline() throws Exception {
    Instant own = time.instant().plusMillis(250);
    Library.Found nested =
        Deadline.until(
            own, () -> calls.call("Library", "find", new Library.Find("x"), Library.Found.class));
    assertThat(nested.deadline()).isEqualTo("" + own.toEpochMilli());

    Library.Found free =
        calls
            .within(Duration.ofSeconds(7))
            .call("Library", "find", new Library.Find("x"), Library.Found.class);
    assertThat(free.deadline()).isEqualTo("" + time.instant().plusSeconds(7).toEpochMilli());

    assertThatThrownBy(
            () ->
                Deadline.until(
                    time.instant(),
                    () ->
                        calls.call("Library", "find", new Library.Find("x"), Library.Found.class)))
        .hasMessageContaining("no time was left");
  }

  @Test
  void theServicesProtocolAnswersToAllToANameAndToOne() {
    try (OperationServer second = serve("two")) {
      assertThat(second).isNotNull();
      failure("missing");
      for (String scope : List.of("", ".Library", ".Library.one")) {
        JsonNode ping = discover("PING" + scope);
        assertThat(ping.path("type").asText()).isEqualTo("io.nats.micro.v1.ping_response");
        assertThat(ping.path("version").asText()).isEqualTo("1.2.3");
      }
      JsonNode info = discover("INFO.Library.one");
      assertThat(info.path("endpoints").path(0).path("subject").asText())
          .isEqualTo("flotilla.op.Library.add");
      assertThat(info.path("endpoints").path(0).path("queue_group").asText()).isEqualTo("Library");
      assertThat(info.path("endpoints").path(0).path("metadata").path("summary").asText())
          .isEqualTo("Adds a book.");
      long requests = 0;
      long errors = 0;
      for (String id : List.of("one", "two")) {
        JsonNode find = discover("STATS.Library." + id).path("endpoints").path(1);
        requests += find.path("num_requests").asLong();
        errors += find.path("num_errors").asLong();
      }
      assertThat(requests).isEqualTo(1);
      assertThat(errors).isEqualTo(1);
    }
  }

  @Test
  void requestsAreCountedByOutcome() {
    failure("missing");
    calls.call("Library", "find", new Library.Find("x"), Library.Found.class);
    assertThat(metrics())
        .contains(
            "flotilla_operation_requests_total{operation=\"find\",outcome=\"not-found\"} 1.0",
            "flotilla_operation_requests_total{operation=\"find\",outcome=\"ok\"} 1.0",
            "flotilla_operation_duration_seconds_count{operation=\"find\"} 2");
  }

  private String metrics() {
    return new String(metrics.text(), java.nio.charset.StandardCharsets.UTF_8);
  }

  private Failure failure(String title) {
    try {
      calls.call("Library", "find", new Library.Find(title), Library.Found.class);
      throw new AssertionError("the call was to fail");
    } catch (OperationException e) {
      return e.failure();
    }
  }

  private String badField(String operation, String json) {
    return bad(operation, json).field().orElseThrow();
  }

  private Failure bad(String operation, String json) {
    Message reply = request("flotilla.op.Library." + operation, json);
    assertThat(reply.header("Nats-Service-Error-Code")).as(reply.text()).contains("400");
    JsonNode error = Wire.read(reply.data(), JsonNode.class).path("error");
    return Wire.read(Wire.json(error), Failure.class);
  }

  private JsonNode discover(String what) {
    return Wire.read(request("$SRV." + what, "").data(), JsonNode.class);
  }

  private Message request(String subject, String text) {
    return bus.request(Message.of(subject, text), Duration.ofSeconds(30)).join();
  }
}
