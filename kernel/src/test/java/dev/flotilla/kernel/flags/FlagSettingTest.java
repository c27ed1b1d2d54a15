package dev.flotilla.kernel.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.kernel.failure.OperationException;
import dev.flotilla.model.Flag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FlagSettingTest {
  private static final Flag SWITCH =
      new Flag("switch", "", ordered("on", true, "off", false), "off", List.of());
  private static final Flag CHOICE =
      new Flag("choice", "", ordered("a", "small", "b", "large"), "a", List.of());

  @ParameterizedTest
  @CsvSource({
    "on, on",
    "true, on",
    "off, off",
    "false, off",
    "' 10% ', 10%",
    "0.5%, 0.5%",
    "100 %, 100%",
    "on=10, 10%"
  })
  void aSwitch(String setting, String text) {
    Flag set = FlagSetting.apply(SWITCH, setting);
    assertThat(FlagSetting.text(set)).isEqualTo(text);
    assertThat(FlagSetting.apply(SWITCH, FlagSetting.text(set))).isEqualTo(set);
  }

  @Test
  void aSwitchThatIsOnByDefaultIsTurnedDownToAPercentage() {
    Flag on = new Flag("switch", "", SWITCH.variants(), "on", List.of());
    Flag tenth = FlagSetting.apply(on, "10%");
    assertThat(tenth.defaultVariant()).isEqualTo("off");
    assertThat(tenth.split()).containsExactly(new Flag.Share("on", 10));
  }

  @ParameterizedTest
  @CsvSource({"b, b", "'a=30,b=70', 'a=30,b=70'", "' b = 0.5% ', b=0.5"})
  void aChoice(String setting, String text) {
    Flag set = FlagSetting.apply(CHOICE, setting);
    assertThat(FlagSetting.text(set)).isEqualTo(text);
    assertThat(FlagSetting.apply(CHOICE, text)).isEqualTo(set);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "c", "on", "10%", "c=5", "a=30,b=71", "a=30,a=30", "a=-1", "a=", "a=1e3", ","})
  void whatDoesNotFitAChoiceIsRefusedWithWhatWould(String setting) {
    assertThatThrownBy(() -> FlagSetting.apply(CHOICE, setting))
        .isInstanceOfSatisfying(
            OperationException.class,
            e -> {
              assertThat(e.failure().field()).contains("to");
              assertThat(e.failure().kind().code()).isEqualTo(400);
            });
  }

  @Test
  void theRefusalNamesTheVariants() {
    assertThatThrownBy(() -> FlagSetting.apply(CHOICE, "c"))
        .hasMessageContaining("\"c\"")
        .hasMessageContaining("one of a, b")
        .hasMessageContaining("a=30");
    assertThatThrownBy(() -> FlagSetting.apply(SWITCH, "maybe")).hasMessageContaining("10%");
    assertThatThrownBy(() -> FlagSetting.apply(SWITCH, "101%")).hasMessageContaining("at most 100");
  }

  private static Map<String, Object> ordered(
      String one, Object first, String other, Object second) {
    Map<String, Object> variants = new LinkedHashMap<>();
    variants.put(one, first);
    variants.put(other, second);
    return variants;
  }
}
