package dev.flotilla.scan.python;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The parser works with either memory; which one it has decides what a scan costs. */
class ParserMemoryTest {
  @Test
  void ourMemoryOfRulesStandsBeforeTheParsersOwn() throws ClassNotFoundException {
    Class<?> memory = Class.forName("com.oracle.graal.python.pegparser.RuleResultCache");
    assertThat(memory.getProtectionDomain().getCodeSource().getLocation())
        .isEqualTo(PegParser.class.getProtectionDomain().getCodeSource().getLocation());
  }
}
