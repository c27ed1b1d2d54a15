package dev.flotilla.bus;

import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsJetStreamMetaData;
import io.nats.client.impl.NatsMessage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Our messages in the words of jnats, and back. */
final class Messages {
  private Messages() {}

  static io.nats.client.Message toNats(Message message) {
    NatsMessage.Builder builder =
        NatsMessage.builder().subject(message.subject()).data(message.data());
    if (!message.headers().isEmpty()) {
      Headers headers = new Headers();
      for (Map.Entry<String, List<String>> header : message.headers().entrySet()) {
        headers.put(header.getKey(), header.getValue());
      }
      builder.headers(headers);
    }
    message.replyTo().ifPresent(builder::replyTo);
    return builder.build();
  }

  static Message fromNats(io.nats.client.Message message) {
    Headers headers = message.getHeaders();
    return new Message(
        message.getSubject(),
        Optional.ofNullable(message.getReplyTo()).or(() -> acknowledgement(message)),
        headers == null ? Map.of() : headers.toMap(),
        message.getData());
  }

  /** Where a message of JetStream is acknowledged; jnats hides it, and tells what it is made of. */
  private static Optional<String> acknowledgement(io.nats.client.Message message) {
    if (!message.isJetStream()) {
      return Optional.empty();
    }
    NatsJetStreamMetaData place = message.metaData();
    Instant time = place.timestamp().toInstant();
    return Optional.of(
        "$JS.ACK.%s.%s.%d.%d.%d.%d%09d.%d"
            .formatted(
                place.getStream(),
                place.getConsumer(),
                place.deliveredCount(),
                place.streamSequence(),
                place.consumerSequence(),
                time.getEpochSecond(),
                time.getNano(),
                place.pendingCount()));
  }
}
