package dev.flotilla.hub.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlTest {
  @Test
  void escapesEverythingThatIsNotMarkup() {
    Html html =
        Html.of("<a title=\"%s\">%s</a>", "\" onclick='x'", Html.of("<b>%s</b>", "1 < 2 & 3"));
    assertThat(html.markup())
        .isEqualTo("<a title=\"&quot; onclick=&#39;x&#39;\"><b>1 &lt; 2 &amp; 3</b></a>");
  }

  @Test
  void aPerCentSignInATextIsNoPlaceholder() {
    assertThat(Html.join(List.of(Html.of("<i>%s</i>", "90% %s"))).markup())
        .isEqualTo("<i>90% %s</i>");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void noTextLeavesItsPlace(long seed) {
    Random random = new Random(seed);
    String dangerous = "<>\"'&`=/ \n\u0000a%";
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(20); n > 0; n--) {
        text.append(dangerous.charAt(random.nextInt(dangerous.length())));
      }
      String inside = Html.of("%s", text).markup();
      assertThat(inside).doesNotContainPattern("[<>\"'`\\x00-\\x1f]");
    }
  }
}
