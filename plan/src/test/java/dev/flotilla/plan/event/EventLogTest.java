package dev.flotilla.plan.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventLogTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private static Event event(long sequence, String id, Instant at, Kind kind) {
    return new Event(sequence, id, at, "ana", kind, 1, "Build", EventLog.data().put("n", 1));
  }

  private static EventLog read(String text) {
    return EventLog.read(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsWhatItWrote() {
    Event event = event(1, "a", NOON, Kind.DONE);
    assertThat(read(EventLog.line(event)).events()).containsExactly(event);
  }

  @Test
  void keepsTheOrderOfWritingWhenTheClockRunsBackwards() {
    String log =
        EventLog.line(event(1, "a", NOON, Kind.DONE))
            + EventLog.line(event(2, "b", NOON.minusSeconds(3600), Kind.UNDONE));
    assertThat(read(log).events()).extracting(Event::id).containsExactly("a", "b");
  }

  @Test
  void readsBothSidesOfAMergeOnce() {
    String ours = EventLog.line(event(2, "b", NOON.plusSeconds(9), Kind.DONE));
    String theirs = EventLog.line(event(2, "c", NOON.plusSeconds(4), Kind.TICKED));
    String base = EventLog.line(event(1, "a", NOON, Kind.CLAIMED));
    EventLog log =
        read(base + "<<<<<<< HEAD\n" + ours + "=======\n" + base + theirs + ">>>>>>> other\n");
    assertThat(log.events()).extracting(Event::id).containsExactly("a", "c", "b");
    assertThat(log.markers()).isTrue();
    assertThat(log.damaged()).isEmpty();
  }

  @Test
  void readsOnAfterALineCutOff() {
    String whole = EventLog.line(event(1, "a", NOON, Kind.DONE));
    EventLog log =
        read(whole + whole.substring(0, 20) + "\n" + EventLog.line(event(2, "b", NOON, Kind.DONE)));
    assertThat(log.events()).hasSize(2);
    assertThat(log.damaged()).containsExactly(2);
  }

  @Test
  void keepsWhatALaterVersionWrote() {
    EventLog log =
        read("{\"seq\":1,\"id\":\"z\",\"at\":\"2026-11-20T12:00:00Z\",\"do\":\"flown\",\"x\":2}\n");
    assertThat(log.events().getFirst().kind()).isEqualTo(Kind.UNKNOWN);
    assertThat(log.events().getFirst().text("do")).isEqualTo("flown");
  }
}
