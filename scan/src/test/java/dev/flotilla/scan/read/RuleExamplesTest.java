package dev.flotilla.scan.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.scan.facts.FileFacts;
import dev.flotilla.scan.rules.Finding;
import dev.flotilla.scan.rules.Rule;
import dev.flotilla.scan.rules.RuleText;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every rule has words; every rule of a single Python file finds its example and not its cure. */
class RuleExamplesTest {
  private static final Map<Rule, String> HEADERS = new EnumMap<>(Rule.class);

  static {
    HEADERS.put(Rule.LEGACY_LOOP, "import asyncio\n");
    HEADERS.put(Rule.SHELL, "import subprocess\n");
    HEADERS.put(Rule.UNSAFE_LOAD, "import pickle, json\n");
    HEADERS.put(Rule.BLOCKING_ASYNC, "import time, asyncio\n");
    HEADERS.put(Rule.LOAD_PER_REQUEST, "import spacy\n");
    HEADERS.put(Rule.NO_EMPTY_CACHE, "import torch\n");
    HEADERS.put(Rule.SECRET, "import os\n");
  }

  @Test
  void everyRuleHasWords() {
    assertThat(RuleText.all()).containsOnlyKeys(Rule.values());
    assertThat(RuleText.all().values()).noneMatch(t -> t.why().isBlank() || t.approach().isBlank());
  }

  @ParameterizedTest
  @EnumSource(
      value = Rule.class,
      names = {
        "SYNTAX_ERROR",
        "BARE_EXCEPT",
        "BROAD_EXCEPT",
        "SWALLOWED",
        "LEGACY_LOOP",
        "PRINT_LOG",
        "GLOBAL_STATE",
        "TODO",
        "SECRET",
        "SHELL",
        "EVAL",
        "UNSAFE_LOAD",
        "OPEN_ADMIN",
        "HARD_PORT",
        "HARD_ADDRESS",
        "LOAD_PER_REQUEST",
        "NO_EMPTY_CACHE",
        "N_PLUS_ONE",
        "BLOCKING_ASYNC"
      })
  void findsItsExampleAndNotItsCure(Rule rule) {
    RuleText text = RuleText.all().getOrDefault(rule, new RuleText("", "", "", ""));
    String header = HEADERS.getOrDefault(rule, "");

    assertThat(rules(header + indented(text.bad()) + "\n")).contains(rule);
    assertThat(rules(header + indented(text.good()) + "\n")).doesNotContain(rule);
  }

  private static String indented(String code) {
    return code.startsWith("connect(") ? "socket." + code : code;
  }

  private static List<Rule> rules(String code) {
    FileFacts facts = PythonReader.read("agent.py", code.getBytes(StandardCharsets.UTF_8));
    return facts.findings().stream().map(Finding::rule).toList();
  }
}
