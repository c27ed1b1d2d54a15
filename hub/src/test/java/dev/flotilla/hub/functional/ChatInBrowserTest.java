package dev.flotilla.hub.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.flotilla.hub.observability.ObservabilityHub;
import dev.flotilla.kernel.testing.TestFleet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The chat page in a real browser, before a door that does what it is told. {@code PICTURES} names
 * a folder for pictures of it.
 */
@Tag("external")
class ChatInBrowserTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String LAST = "[...document.querySelectorAll('.said.fleet')].at(-1)";
  private static final String SEND = "document.getElementById('send').textContent";

  @TempDir Path folder;
  private ScriptedDoor door;
  private Foundation foundation;
  private Browser browser;

  @BeforeEach
  void open() throws Exception {
    assumeThat(Browser.program()).as("a Chromium on the PATH").isPresent();
    door = new ScriptedDoor();
    foundation =
        new Foundation(
            folder.resolve("state"),
            new TestFleet()
                .machine("pc1", "127.0.0.1")
                .add(Foundation.service("RequestCoordinator", door.port()))
                .build());
    browser =
        Browser.open(
            Browser.program().orElseThrow(),
            folder.resolve("profile"),
            foundation.uri(ObservabilityHub.NAME, "/chat"));
    await("document.readyState", "complete");
    await("document.querySelectorAll('#model option').length", "2");
  }

  @AfterEach
  void close() {
    if (browser != null) {
      browser.close();
      foundation.close();
      door.close();
    }
  }

  private void ask(String question) {
    var _ =
        browser.ask(
            "(document.getElementById('text').value='%s',document.getElementById('ask').requestSubmit())"
                .formatted(question));
  }

  private void await(String expression, String expected) {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(browser.ask(expression)).isEqualTo(expected));
  }

  private void picture(String name) throws Exception {
    Optional<String> pictures = Optional.ofNullable(System.getenv("PICTURES"));
    if (pictures.isPresent()) {
      browser.picture(Path.of(pictures.get(), name + ".png"));
    }
  }

  @Test
  void showsAnAnswerWhileItComesAndThenHowItCameAbout() throws Exception {
    ask("count");
    await(LAST + ".textContent", "One ");
    assertThat(browser.ask(SEND)).isEqualTo("Stop");
    picture("coming");
    door.goOn();
    await(LAST + ".textContent", "One two – ünï ✓");
    await(SEND, "Ask");
    await("document.querySelector('details.how summary').textContent", "tiny · 12 ms");
    var _ = browser.ask("document.querySelector('details.how summary').click()");
    assertThat(browser.ask("document.querySelector('details.how').innerText"))
        .contains("all → tiny")
        .contains("no rule speaks of it")
        .contains("miss");
    picture("answered");
    ask("again");
    await("document.querySelectorAll('details.how').length", "2");
    assertThat(door.asked().getLast()).contains("count").contains("One two").contains("again");
  }

  @Test
  void saysWhatWentWrongAndGoesOn() throws Exception {
    ask("refuse me");
    await(LAST + ".textContent", "The budget of the key is used up.");
    assertThat(browser.ask(LAST + ".classList.contains('wrong')")).isEqualTo("true");
    ask("break in the middle");
    await(LAST + ".textContent", "Half of\nThe answer broke off.");
    picture("wrong");
    door.goOn();
    ask("once more");
    await(LAST + ".textContent", "One two – ünï ✓");
    assertThat(door.asked().getLast()).doesNotContain("refuse").doesNotContain("break");
  }

  @Test
  void stopCutsTheAnswerAtTheDoor() throws Exception {
    ask("talk for ever");
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> browser.ask(LAST + ".textContent").startsWith("on on"));
    var _ = browser.ask("document.getElementById('ask').requestSubmit()");
    await(SEND, "Ask");
    assertThat(browser.ask(LAST + ".textContent")).endsWith("– stopped");
    assertThat(door.readerGone()).isTrue();
    door.goOn();
    ask("count");
    await(LAST + ".textContent", "One two – ünï ✓");
  }

  @Test
  void fitsANarrowScreen() throws Exception {
    browser.size(340, 600);
    door.goOn();
    ask("a question with one very long word " + "w".repeat(120));
    await("document.querySelectorAll('details.how').length", "1");
    var _ = browser.ask("document.querySelector('details.how summary').click()");
    assertThat(Integer.parseInt(browser.ask("document.documentElement.scrollWidth")))
        .isLessThanOrEqualTo(340);
    assertThat(
            browser.ask(
                "document.getElementById('send').getBoundingClientRect().right <= 340"
                    + " && document.getElementById('send').getBoundingClientRect().bottom <= 600"))
        .isEqualTo("true");
    picture("narrow");
  }
}
