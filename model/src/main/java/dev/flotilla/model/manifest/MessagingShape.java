package dev.flotilla.model.manifest;

import static dev.flotilla.model.manifest.AgentShape.SPAN;
import static dev.flotilla.model.shape.Shape.key;

import dev.flotilla.model.shape.Shape;
import dev.flotilla.model.shape.Type;
import dev.flotilla.model.shape.Type.Matching;
import dev.flotilla.model.shape.Type.Section;
import dev.flotilla.model.shape.Type.Text;
import java.util.List;

/** The keys of the bus and of calls. */
final class MessagingShape {
  private static final Type COUNT = new Type.Whole(1, 1_000_000, "a number");

  private static final Shape BATCH =
      new Shape(
          "a batch",
          "Small messages of one publisher that go together.",
          List.of(
              key("messages", COUNT, "sent once there are so many", "100"),
              key("delay", SPAN, "or after this", "50ms")),
          false);

  static final Shape BUS =
      new Shape(
          "bus",
          "Where messages go, and how many go together.",
          List.of(
              key(
                  "url",
                  Matching.of("(nats|tls|ws|wss)://\\S+", "a URL such as nats://host:4222"),
                  "a NATS server in place of the embedded one"),
              key(
                  "credentials",
                  new Text("a file"),
                  "file with mode 0600, relative to the manifest, that holds a token, user:password"
                      + " or an nkey seed"),
              key("batch", new Section(BATCH), "small messages of one publisher that go together")),
          false);

  private static final Shape BREAKER =
      new Shape(
          "a breaker",
          "When calls to a target stop for a while.",
          List.of(
              key("failures", COUNT, "in a row that open it", "5"),
              key("open", SPAN, "how long it then refuses every call", "30s"),
              key("trials", COUNT, "calls let through after that, which must all succeed", "3")),
          false);

  static final Shape CALLS =
      new Shape(
          "calls",
          "How services call each other.",
          List.of(
              key("timeout", SPAN, "wait for an answer when the caller does not say", "5s"),
              key("breaker", new Section(BREAKER), "when calls to a target stop for a while")),
          false);

  private MessagingShape() {}
}
