package dev.flotilla.model.manifest;

import static dev.flotilla.model.manifest.Manifests.fleet;
import static dev.flotilla.model.manifest.Manifests.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.Messaging;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MessagingReaderTest {
  private static final String AGENTS = "agents: {a: {command: x}}\n";

  @Test
  void withoutAWordItIsAsItAlwaysIs() {
    assertThat(fleet(AGENTS).messaging()).isEqualTo(Messaging.DEFAULT);
    assertThat(fleet(AGENTS + "bus: nats://h:4222").messaging()).isEqualTo(Messaging.DEFAULT);
  }

  @Test
  void callsBreakersAndBatchesAreConfigured() {
    Messaging read =
        fleet(
                AGENTS
                    + """
                    bus: {batch: {messages: 10, delay: 5ms}}
                    calls:
                      timeout: 2s
                      breaker: {failures: 2, open: 1m, trials: 1}
                    """)
            .messaging();
    assertThat(read)
        .isEqualTo(
            new Messaging(
                Duration.ofSeconds(2),
                new Messaging.Breaker(2, Duration.ofMinutes(1), 1),
                new Messaging.Batch(10, Duration.ofMillis(5))));
  }

  @Test
  void batchesNeedNoServerOfOnesOwn() {
    assertThat(fleet(AGENTS + "bus: {batch: {messages: 10}}").bus()).isEmpty();
    assertThat(fleet(AGENTS + "bus: {url: 'nats://h:1', batch: {messages: 10}}").bus()).isPresent();
    assertThat(problem(AGENTS + "bus: {credentials: f}").found()).isEqualTo("bus without url");
  }

  @Test
  void whatCannotBeIsToldWithItsPlace() {
    assertThat(problem(AGENTS + "calls: {breaker: {failures: 0}}"))
        .satisfies(p -> assertThat(p.where()).hasToString("fleet.yaml:2:29"))
        .satisfies(p -> assertThat(p.expected()).contains("a number from 1"));
    assertThat(problem(AGENTS + "calls: {timeout: 0s}").found()).isEqualTo("timeout of no length");
    assertThat(problem(AGENTS + "calls: {braker: {}}").advice())
        .isEqualTo("did you mean 'breaker'?");
    assertThat(problem(AGENTS + "bus: {batch: {delay: 0ms}}").expected())
        .isEqualTo("a duration above 0");
  }
}
