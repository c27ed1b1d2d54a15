package dev.flotilla.bus;

import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
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
        Optional.ofNullable(message.getReplyTo()),
        headers == null ? Map.of() : headers.toMap(),
        message.getData());
  }
}
