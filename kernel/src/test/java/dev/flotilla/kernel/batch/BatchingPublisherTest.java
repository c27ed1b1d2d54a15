package dev.flotilla.kernel.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.bus.BusException;
import dev.flotilla.bus.Message;
import dev.flotilla.kernel.testing.FakeTime;
import dev.flotilla.kernel.testing.InMemoryBus;
import dev.flotilla.model.Messaging;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BatchingPublisherTest {
  private final InMemoryBus bus = new InMemoryBus();
  private final FakeTime time = new FakeTime();
  private final List<String> received = new ArrayList<>();
  private final BatchingPublisher publisher =
      new BatchingPublisher(bus, Messaging.Batch.DEFAULT, time);

  BatchingPublisherTest() {
    bus.subscribe(
        "metrics.>", "", BatchingPublisher.unpacking(message -> received.add(message.text())));
  }

  @Test
  void aHundredMessagesGoAsOne() {
    publish("metrics.a", 0, 99);
    assertThat(bus.published()).isEmpty();
    publish("metrics.a", 99, 100);
    assertThat(bus.published()).hasSize(1);
    assertThat(bus.published().getFirst().header(Batch.HEADER)).contains("100");
    assertThat(received).containsExactlyElementsOf(numbers(0, 100));
    assertThat(time.pending()).isZero();
  }

  @Test
  void fiftyMillisecondsAfterTheFirstTheyGo() {
    publish("metrics.a", 0, 3);
    time.advance(Duration.ofMillis(49));
    publish("metrics.a", 3, 4);
    assertThat(received).isEmpty();
    time.advance(Duration.ofMillis(1));
    assertThat(received).containsExactlyElementsOf(numbers(0, 4));
    publish("metrics.a", 4, 5);
    time.advance(Duration.ofMillis(50));
    assertThat(bus.published()).hasSize(2);
    assertThat(bus.published().getLast().header(Batch.HEADER)).isEmpty();
    assertThat(received).hasSize(5);
  }

  @Test
  void eachSubjectIsABatchOfItsOwn() {
    publish("metrics.a", 0, 2);
    publish("metrics.b", 10, 12);
    publisher.flush();
    assertThat(bus.published())
        .extracting(Message::subject)
        .containsExactly("metrics.a", "metrics.b");
  }

  @Test
  void closingLosesNothingAndTakesNoMore() {
    publish("metrics.a", 0, 7);
    publisher.close();
    assertThat(received).hasSize(7);
    assertThat(time.pending()).isZero();
    assertThatThrownBy(() -> publish("metrics.a", 0, 1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aBatchNeverExceedsWhatTheBusCarries() {
    byte[] large = new byte[400_000];
    for (int i = 0; i < 5; i++) {
      publisher.publish(Message.of("metrics.large", large));
    }
    publisher.close();
    assertThat(bus.published()).hasSize(3);
    assertThat(bus.published()).allMatch(message -> message.data().length <= bus.maxPayload());
    assertThat(received).hasSize(5);
  }

  @Test
  void whileTheBusRefusesMessagesWaitOn() {
    bus.connected(false);
    publish("metrics.a", 0, 150);
    time.advance(Duration.ofSeconds(1));
    assertThat(received).isEmpty();
    assertThatThrownBy(publisher::close).isInstanceOf(BusException.class);
    bus.connected(true);
    publisher.close();
    assertThat(received).containsExactlyElementsOf(numbers(0, 150));
  }

  @Test
  void aRequestGoesAtOnceAndAfterWhatWaits() {
    publish("metrics.a", 0, 2);
    publisher.publish(
        new Message("metrics.a", Optional.of("_INBOX.1"), java.util.Map.of(), new byte[] {'?'}));
    assertThat(received).containsExactly("0", "1", "?");
  }

  @Test
  void headersAndAnyDataTravel() throws IOException {
    Random random = new Random(3);
    List<Message> messages =
        IntStream.range(0, 50)
            .mapToObj(
                i -> {
                  byte[] data = new byte[random.nextInt(100)];
                  random.nextBytes(data);
                  Message plain = Message.of("s", data);
                  return random.nextBoolean() ? plain : plain.withHeader("Kind", "ü" + i);
                })
            .toList();
    Message packed = Batch.pack(messages);
    List<Message> unpacked = Batch.unpack(packed);
    assertThat(unpacked).usingRecursiveFieldByFieldElementComparator().isEqualTo(messages);

    for (int cut = 0; cut < packed.data().length; cut += 3) {
      Message torn =
          new Message(
              "s", Optional.empty(), packed.headers(), java.util.Arrays.copyOf(packed.data(), cut));
      assertThatThrownBy(() -> Batch.unpack(torn))
          .as("cut at %d", cut)
          .isInstanceOf(IOException.class);
    }
  }

  private void publish(String subject, int from, int to) {
    numbers(from, to).forEach(number -> publisher.publish(Message.of(subject, number)));
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(String::valueOf).toList();
  }
}
