package dev.flotilla.assistant.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.kernel.testing.FakeTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class CoolDownsTest {
  private final FakeTime time = new FakeTime();
  private final CoolDowns coolDowns = new CoolDowns(time);

  @Test
  void aTargetIsLeftAloneUntilItsTimeIsOver() {
    coolDowns.leaveAlone("cloud/small", Duration.ofSeconds(30));
    assertThat(coolDowns.until("cloud/small")).contains(time.instant().plusSeconds(30));
    assertThat(coolDowns.until("cloud/large")).isEmpty();
    time.advance(Duration.ofSeconds(30));
    assertThat(coolDowns.until("cloud/small")).isEmpty();
    assertThat(coolDowns.size()).isZero();
  }

  @Test
  void thoseThatAreOverAreForgottenAlsoWhenNobodyAsksForThemAgain() {
    for (int i = 0; i < 100; i++) {
      coolDowns.leaveAlone("cloud/" + i, Duration.ofSeconds(30));
    }
    time.advance(Duration.ofSeconds(30));
    coolDowns.leaveAlone("cloud", Duration.ofSeconds(30));
    assertThat(coolDowns.size()).isEqualTo(1);
  }

  @Test
  void ofNamesThatClientsMakeUpThoseAreKeptThatLastLongest() {
    coolDowns.leaveAlone("cloud/large", Duration.ofHours(1));
    for (int i = 0; i < 3 * CoolDowns.MOST; i++) {
      coolDowns.leaveAlone("cloud/made-up-" + i, Duration.ofMinutes(1));
    }
    assertThat(coolDowns.size()).isEqualTo(CoolDowns.MOST);
    assertThat(coolDowns.until("cloud/large")).isPresent();
  }
}
