package dev.flotilla.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.scan.rules.Precision;
import dev.flotilla.scan.rules.Rule;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every rule on cases of its own; what its page says of its precision is what comes out here. */
class RuleCorpusTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Rule.class)
  void pageSaysHowPreciseTheRuleIs(Rule rule) throws Exception {
    List<RuleCorpus.Case> cases = RuleCorpus.of(rule);
    StringBuilder wrong = new StringBuilder();
    int found = 0;
    int mistaken = 0;
    int bad = 0;
    for (int i = 0; i < cases.size(); i++) {
      RuleCorpus.Case one = cases.get(i);
      boolean reported = reported(rule, one, folder.resolve("case" + i));
      bad += one.bad() ? 1 : 0;
      found += one.bad() && reported ? 1 : 0;
      mistaken += !one.bad() && reported ? 1 : 0;
      if (one.bad() != reported) {
        wrong.append(reported ? "\nfound: " : "\nmissed: ").append(one.name());
      }
    }
    Precision measured = new Precision(found, bad, mistaken, cases.size() - bad);

    assertThat(Precision.of(rule)).as(rule.id() + wrong).isEqualTo(measured);
    assertThat(bad).as("positive cases").isGreaterThanOrEqualTo(1);
    assertThat(cases.size() - bad).as("negative cases").isGreaterThanOrEqualTo(2);
  }

  @Test
  void nearlyAllFindingsAreRight() {
    int found = 0;
    int mistaken = 0;
    for (Rule rule : Rule.values()) {
      found += Precision.of(rule).found();
      mistaken += Precision.of(rule).mistaken();
    }
    assertThat((double) found / (found + mistaken)).isGreaterThan(0.95);
  }

  private static boolean reported(Rule rule, RuleCorpus.Case one, Path root) throws Exception {
    Files.createDirectories(root);
    for (Map.Entry<String, String> file : one.files().entrySet()) {
      Monorepo.file(root, file.getKey(), file.getValue());
      if (file.getValue().equals(RuleCorpus.HUGE)) {
        try (var sparse = new RandomAccessFile(root.resolve(file.getKey()).toFile(), "rw")) {
          sparse.setLength(201L << 20);
        }
      }
    }
    return Scan.run(ScanRequest.of(root)).findings().stream().anyMatch(f -> f.rule() == rule);
  }
}
