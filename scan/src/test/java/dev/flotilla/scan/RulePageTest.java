package dev.flotilla.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.scan.rules.Rule;
import dev.flotilla.scan.rules.RulePage;
import dev.flotilla.scan.rules.RuleText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The pages in docs/rules are what the program would write today. Run with {@code
 * -Dflotilla.docs.write=true} to write them anew.
 */
class RulePageTest {
  private static final Path PAGES =
      Stream.of("docs/rules", "../docs/rules")
          .map(Path::of)
          .filter(Files::isDirectory)
          .findFirst()
          .orElse(Path.of("docs/rules"));

  @ParameterizedTest
  @EnumSource(Rule.class)
  void pageIsCurrent(Rule rule) throws IOException {
    RuleText text = RuleText.all().getOrDefault(rule, new RuleText("", "", "", ""));

    Path page = PAGES.resolve(rule.id() + ".md");
    if (Boolean.getBoolean("flotilla.docs.write")) {
      Files.writeString(page, RulePage.of(rule, text));
    }
    assertThat(page).hasContent(RulePage.of(rule, text));
  }
}
