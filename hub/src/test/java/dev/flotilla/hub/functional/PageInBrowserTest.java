package dev.flotilla.hub.functional;

import static dev.flotilla.kernel.testing.TestFleet.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.flotilla.hub.observability.ObservabilityHub;
import dev.flotilla.kernel.testing.TestFleet;
import dev.flotilla.model.AgentState;
import dev.flotilla.model.AgentStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser. */
@Tag("external")
class PageInBrowserTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String RESPONDER = "document.getElementById('agent-Responder@pc1')";

  private static final String WAIT = RESPONDER + ".querySelector('.reason').innerText";

  @TempDir Path folder;

  @Test
  void followsTheFleetAndNeverShowsGreenWhatIsOld() throws Exception {
    assumeThat(Browser.program()).as("a Chromium on the PATH").isPresent();
    try (Foundation foundation =
            new Foundation(
                folder.resolve("state"),
                new TestFleet()
                    .machine("pc1", "127.0.0.1")
                    .agent("MemoryAgent", 7140)
                    .agent("Responder", 7100)
                    .build());
        Browser browser =
            Browser.open(
                Browser.program().orElseThrow(),
                folder.resolve("profile"),
                foundation.uri(ObservabilityHub.NAME, "/"))) {
      foundation.node().say(status("MemoryAgent", AgentState.HEALTHY));
      foundation.node().say(status("Responder", AgentState.HEALTHY));
      await(browser, "document.getElementById('verdict').textContent", "All agents are fine.");
      await(browser, "document.body.dataset.connection", "live");

      foundation.node().say(status("Responder", AgentState.CRASH_LOOP));
      await(browser, RESPONDER + ".className", "trouble changed");
      assertThat(browser.ask(RESPONDER + ".innerText")).contains("crash-loop");
      assertThat(browser.ask("document.getElementById('verdict').textContent"))
          .isEqualTo("1 required agent is not fine.");

      foundation
          .node()
          .say(restarting("Responder", Instant.now().plusSeconds(50), "exit 3; no microphone"));
      await(browser, RESPONDER + ".querySelector('time[data-until]') !== null", "true");
      String wait = browser.ask(WAIT);
      assertThat(wait).matches("starts again in \\d+ s; exit 3; no microphone");
      Awaitility.await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(browser.ask(WAIT)).isNotEqualTo(wait));
      foundation.node().say(restarting("Responder", Instant.now(), "exit 3"));
      await(browser, WAIT, "starts again now; exit 3");

      browser.ask("document.querySelector('.chip[data-tone=trouble]').click()");
      assertThat(browser.ask("document.querySelectorAll('#rows tr:not([hidden])').length"))
          .isEqualTo("1");
      browser.ask(
          "(document.getElementById('filter').value='nothing like it',"
              + "document.getElementById('filter').dispatchEvent(new Event('input')))");
      assertThat(browser.ask("document.getElementById('nothing').hidden")).isEqualTo("false");

      foundation.stopHost();
      await(browser, "document.body.dataset.connection", "lost");
      assertThat(browser.ask("document.getElementById('connection').textContent"))
          .startsWith("No word from the hub since");
      assertThat(browser.ask("document.getElementById('verdict').className")).isEqualTo("stale");
    }
  }

  private static AgentStatus restarting(String name, Instant startsAgain, String reason) {
    AgentStatus status = status(name, AgentState.CRASH_LOOP);
    return new AgentStatus(
        status.id(),
        status.group(),
        status.state(),
        reason,
        Optional.empty(),
        status.ports(),
        true,
        status.since(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(startsAgain),
        4,
        Optional.of("exit 3"));
  }

  private static void await(Browser browser, String expression, String expected) {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(browser.ask(expression)).isEqualTo(expected));
  }
}
