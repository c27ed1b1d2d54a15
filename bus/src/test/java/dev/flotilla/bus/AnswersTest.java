package dev.flotilla.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AnswersTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  @Test
  void aRequestThatWasSentWhileTheConnectionWasLostFailsAtOnce() {
    try (Answers answers = new Answers()) {
      long before = answers.losses();
      answers.lost(AnswersTest::lost);
      assertThat(answers.await(new CompletableFuture<>(), before, LONG, e -> lost()))
          .isCompletedExceptionally();
    }
  }

  @Test
  void anEarlierLossIsForgotten() {
    try (Answers answers = new Answers()) {
      answers.lost(AnswersTest::lost);
      CompletableFuture<Message> sent = new CompletableFuture<>();
      CompletableFuture<Message> answer = answers.await(sent, answers.losses(), LONG, e -> lost());
      sent.complete(Message.of("a", "b"));
      assertThat(answer.join().text()).isEqualTo("b");
    }
  }

  @Test
  void thoseThatWaitFailWithTheConnection() {
    try (Answers answers = new Answers()) {
      CompletableFuture<Message> answer =
          answers.await(new CompletableFuture<>(), answers.losses(), LONG, e -> lost());
      answers.lost(AnswersTest::lost);
      assertThat(answer).isCompletedExceptionally();
    }
  }

  private static BusException lost() {
    return new BusException(BusException.Reason.DISCONNECTED, "lost");
  }
}
