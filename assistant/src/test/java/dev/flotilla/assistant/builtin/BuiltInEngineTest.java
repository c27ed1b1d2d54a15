package dev.flotilla.assistant.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentState;
import dev.flotilla.model.AgentStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltInEngineTest {
  private static String ask(String question) {
    return BuiltInEngine.answer(question, SmallFleet.facts()).map(Answer::text).orElse("-");
  }

  private static String topic(String question) {
    return BuiltInEngine.answer(question, SmallFleet.facts()).map(Answer::topic).orElse("-");
  }

  @ParameterizedTest
  @CsvSource({
    "which agents are unhealthy?, unhealthy",
    "Is everything all right?, unhealthy",
    "what is wrong on pc2, unhealthy",
    "How is the system digital twin?, state",
    "why is SystemDigitalTwin not ready, state",
    "which agents are waiting?, in-state",
    "how many agents are there, how-many",
    "who uses port 7220?, port",
    "What port does ServiceRegistry have?, port",
    "what depends on ServiceRegistry?, dependencies",
    "what does STT depend on?, dependencies",
    "How much VRAM is there on pc2?, vram",
    "what changed?, changes",
    "is the flag use_unified_memory on?, flags",
    "restart the SystemDigitalTwin, command",
    "what time is it?, clock",
    "convert 24 GiB to MB, units",
    "what is 2+2*3, arithmetic",
    "What is my name?, recall",
    "help, help",
  })
  void understands(String question, String topic) {
    assertThat(topic(question)).isEqualTo(topic);
  }

  @ParameterizedTest
  @CsvSource({
    "convert 24 GiB to MB, 24 GiB is 25769.8038 MB.",
    "convert 5000 m to km, 5000 m is 5 km.",
    "100 f in c, 100 °F is 37.7778 °C.",
    "2 hours in minutes, 2 hours is 120 minutes.",
  })
  void writesUnitsAsPeopleDo(String question, String answer) {
    assertThat(ask(question)).isEqualTo(answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "write me a poem about autumn",
        "explain quantum entanglement",
        "what is the capital of France?",
        "translate good morning to Tagalog",
        "restart my life",
        "what is the meaning of life",
        "convert 5 apples to km",
        "what is the problem with capitalism",
        "what is wrong with my car?",
        "turn on the lights",
        "enable dark mode",
        "what time is it in Atlantis",
        "what is a twin paradox",
        "what is the status of my order",
        "any plans for dinner?",
        "make a plan for my holiday",
        "what planes fly to Rome",
        "stop the war",
        "who is your favourite agent in the matrix",
        "how many cards are in a deck",
        "what happened in 1789",
        "remember to buy milk",
        "",
        "???",
      })
  void doesNotPretend(String question) {
    assertThat(ask(question)).isEqualTo("-");
  }

  /** As people type when they are in a hurry. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wich agnets are unhelthy | 2 of 3 agents",
        "whats down | 2 of 3 agents",
        "STT? | STT is waiting",
        "hows the registry doing | ServiceRegistry is healthy",
        "who is degraded | 1 agent: SystemDigitalTwin",
        "what runs on mainpc | 2 agents on mainpc",
        "which machine runs STT | STT belongs on pc2",
        "who's on 7220 | Port 7220 belongs to SystemDigitalTwin",
        "list ports | STT has port 5800 on pc2",
        "gpu mem left on mainpc | at this moment I do not see",
        "whats new | SystemDigitalTwin became degraded",
        "any changes lately? | SystemDigitalTwin became degraded",
        "is use unified memory on? | Flag use_unified_memory: on for 10 %",
        "turn off use_unified_memory | flotilla flag set use_unified_memory off",
        "enable use unified memory pls | flotilla flag set use_unified_memory on",
        "set flag nosuch to on | The fleet has no flag nosuch",
        "kill STT | flotilla stop STT",
        "shut down the twin | flotilla stop SystemDigitalTwin",
        "stop everything | flotilla down",
        "who needs the registry | 2 agents depend on ServiceRegistry",
        "what time is it in Manila | 01:05:00 Asia/Manila",
        "what day is tomorrow | Saturday, 21 November 2026",
        "how many MB in a GB | 1 GB is 1000 MB",
        "5 mi to km | 8.0467 km",
        "what is 15% of 80 | 12",
        "remember: backups run at 3am | I will remember that backups run at 3am",
        "what do you remember? | your name is Ana",
        "who am i | your name is Ana",
        "plans? | 2 plans are open",
        "what is planned | Move to one memory (20261101-move-to-one-memory-a7b2c): 0 of 2 phases",
        "what should I do next? | Halve the build time: Mend",
        "how far is the build time plan | 1 of 3 phases done, ana works on it; ready: Mend",
        "is plan a7b2c done? | 0 of 2 phases done, interrupted",
      })
  void understandsBadWording(String question, String part) {
    assertThat(ask(question)).contains(part);
  }

  @Test
  void saysThatNothingIsPlanned() {
    Facts facts = SmallFleet.facts();
    Facts empty =
        new Facts(
            facts.fleet(),
            facts.statuses(),
            facts.heard(),
            facts.silent(),
            facts.flags(),
            facts.changes(),
            facts.listening(),
            List::of,
            facts.remembered(),
            facts.now(),
            facts.zone());
    assertThat(BuiltInEngine.answer("any open plans?", empty).orElseThrow().text())
        .startsWith("No plan is open");
  }

  @Test
  void saysWhoIsUnwellAndWhy() {
    assertThat(ask("Which agents are unhealthy?"))
        .isEqualTo(
            """
            2 of 3 agents:
              STT is waiting: waits for SystemDigitalTwin
              SystemDigitalTwin is degraded: not ready: connection refused\
            """);
    assertThat(ask("what is wrong on mainpc"))
        .startsWith("1 of 2 agents on mainpc:\n  SystemDigitalTwin");
  }

  @Test
  void knowsPortsDependenciesAndCards() {
    assertThat(ask("Who uses port 7220?"))
        .isEqualTo("Port 7220 belongs to SystemDigitalTwin on mainpc.");
    assertThat(ask("who uses port 1234")).isEqualTo("No agent of the manifest has port 1234.");
    assertThat(ask("which port has SERVICE_REGISTRY"))
        .isEqualTo("ServiceRegistry has port 7200 on mainpc.");
    assertThat(ask("What depends on ServiceRegistry?"))
        .isEqualTo("2 agents depend on ServiceRegistry: SystemDigitalTwin and STT.");
    assertThat(ask("what does STT need"))
        .isEqualTo("STT needs SystemDigitalTwin and ServiceRegistry.");
    assertThat(ask("How much VRAM does pc2 have?"))
        .isEqualTo("pc2 has RTX 3060 with 12 GiB; agents declare 4 GiB of it: STT 4 GiB.");
  }

  @Test
  void showsCommandsAndRunsNone() {
    assertThat(ask("please restart STT"))
        .isEqualTo("I do not run commands. This one does it:\n  flotilla restart STT");
    assertThat(ask("set flag use_unified_memory to 25 %"))
        .endsWith("flotilla flag set use_unified_memory 25%");
  }

  @Test
  void remembersAndRecalls() {
    Answer answer =
        BuiltInEngine.answer("Remember that my dog is Rex.", SmallFleet.facts()).orElseThrow();
    assertThat(answer.memory()).contains(new Answer.Memory("yourdog", "your dog is Rex"));
    assertThat(ask("What's my name?")).isEqualTo("You told me that your name is Ana.");
    assertThat(ask("what is my age?")).isEqualTo("-");
  }

  @Test
  void countsAndTellsTheTime() {
    assertThat(ask("what is 12 * (3 + 4)?")).isEqualTo("84");
    assertThat(ask("1/0")).isEqualTo("That divides by zero.");
    assertThat(ask("what is 2+")).isEqualTo("-");
    assertThat(ask("what time is it?")).isEqualTo("17:05:00 Z");
    assertThat(ask("what day is it")).isEqualTo("Friday, 20 November 2026");
    assertThat(ask("convert 100 celsius to fahrenheit"))
        .isEqualTo("100 celsius is 212 fahrenheit.");
    assertThat(ask("how much is 90 minutes in hours")).isEqualTo("90 minutes is 1.5 hours.");
  }

  @Test
  void everyExampleIsUnderstood() {
    BuiltInEngine.help()
        .lines()
        .skip(1)
        .map(line -> line.strip().replaceAll(" — .*", ""))
        .forEach(example -> assertThat(topic(example)).as(example).isNotEqualTo("-"));
  }

  private static Facts with(Map<AgentId, AgentStatus> statuses, Set<String> silent) {
    Facts facts = SmallFleet.facts();
    return new Facts(
        facts.fleet(),
        statuses,
        facts.heard(),
        silent,
        facts.flags(),
        facts.changes(),
        facts.listening(),
        facts.plans(),
        facts.remembered(),
        facts.now(),
        facts.zone());
  }

  private static AgentStatus in(AgentState state, String reason) {
    Facts facts = SmallFleet.facts();
    AgentStatus some = facts.statuses().values().iterator().next();
    return new AgentStatus(
        some.id(),
        some.group(),
        state,
        reason,
        some.pid(),
        some.ports(),
        true,
        some.since(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        Optional.of("exit 3"));
  }

  private static String ask(String question, AgentStatus status, Set<String> silent) {
    return BuiltInEngine.answer(question, with(Map.of(status.id(), status), silent))
        .orElseThrow()
        .text();
  }

  @Test
  void doesNotSayThatAllIsWellOnAMachineThatIsSilent() {
    AgentStatus healthy = in(AgentState.HEALTHY, "");
    Set<String> silent = Set.of("mainpc", "pc2");
    assertThat(ask("is everything ok?", healthy, Set.of())).isEqualTo("The 1 agent is well.");
    assertThat(ask("is everything ok?", healthy, silent))
        .startsWith("The 1 agent was well when last heard of.\n")
        .contains("has been silent for")
        .contains("what I know of its agents is that old");
    assertThat(ask("how is " + healthy.id().name() + "?", healthy, silent))
        .contains("has been silent for");
    assertThat(ask("is pc2 up?", healthy, silent)).isEqualTo("pc2 has been silent for 1 s.");
  }

  @Test
  void anAgentThatWaitsToBeAskedForOrDidItsWorkIsWell() {
    assertThat(ask("any problems?", in(AgentState.WAITING, AgentStatus.STARTS_ON_DEMAND), Set.of()))
        .startsWith("The 1 agent is well");
    assertThat(ask("any problems?", in(AgentState.STOPPED, AgentStatus.COMPLETED), Set.of()))
        .startsWith("The 1 agent is well");
    assertThat(ask("any problems?", in(AgentState.STOPPED, ""), Set.of())).startsWith("1 of 1");
  }

  @Test
  void saysHowAnAgentThatIsNotWellEnded() {
    AgentStatus failed = in(AgentState.FAILED, "gave up");
    assertThat(ask("how is " + failed.id().name() + "?", failed, Set.of()))
        .contains("its last end: exit 3");
  }

  @Test
  void forgetsWhatItIsAskedToForget() {
    Answer answer = BuiltInEngine.answer("forget my name", SmallFleet.facts()).orElseThrow();
    assertThat(answer.forgotten()).containsExactly("yourname");
    assertThat(BuiltInEngine.answer("forget my age", SmallFleet.facts()).orElseThrow().forgotten())
        .isEmpty();
  }
}
