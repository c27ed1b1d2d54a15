package dev.flotilla.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonTest {
  private final ObjectMapper json = Json.mapper();

  @Test
  void statusHasNameAndMachineApartAndOmitsWhatIsAbsent() throws Exception {
    AgentStatus status =
        new AgentStatus(
            new AgentId("NLUAgent", "mainpc"),
            "language",
            AgentState.CRASH_LOOP,
            "exit 1, 7 times in a row",
            Optional.of(4711L),
            Map.of("main", 5709),
            true,
            Instant.parse("2026-01-02T03:04:05.678Z"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            7,
            Optional.of("exit 1"));

    String text = json.writeValueAsString(status);

    assertThat(json.readTree(text))
        .isEqualTo(
            json.readTree(
                """
                {"name":"NLUAgent","machine":"mainpc","group":"language","state":"crash-loop",
                 "reason":"exit 1, 7 times in a row","pid":4711,"ports":{"main":5709},
                 "required":true,"since":"2026-01-02T03:04:05.678Z","restarts":7,
                 "lastExit":"exit 1"}\
                """));
    assertThat(json.readValue(text, AgentStatus.class)).isEqualTo(status);
  }

  @Test
  void everyStateIsItsLabel() throws Exception {
    for (AgentState state : AgentState.values()) {
      String text = json.writeValueAsString(state);
      assertThat(text).isEqualTo("\"" + state.label() + "\"");
      assertThat(json.readValue(text, AgentState.class)).isEqualTo(state);
    }
  }

  @Test
  void durationsAreSecondsAndSizesAreBytes() throws Exception {
    assertThat(json.writeValueAsString(Duration.ofMillis(1500))).isEqualTo("1.5");
    assertThat(json.writeValueAsString(Duration.ofSeconds(30))).isEqualTo("30");
    assertThat(json.writeValueAsString(Duration.ZERO)).isEqualTo("0");
    assertThat(json.readValue("1.5", Duration.class)).isEqualTo(Duration.ofMillis(1500));
    assertThat(json.writeValueAsString(Bytes.ofMebibytes(1))).isEqualTo("1048576");
    assertThat(json.readValue("1048576", Bytes.class)).isEqualTo(Bytes.ofMebibytes(1));
  }

  @Test
  void aFleetWithEveryAlternativeComesBackEqual() throws Exception {
    Fleet fleet = everything();
    String text = json.writeValueAsString(fleet);
    assertThat(json.readValue(text, Fleet.class)).isEqualTo(fleet);
    JsonNode agents = json.readTree(text).get("agents");
    assertThat(agents.fieldNames()).toIterable().contains("a@one");
    assertThat(agents.at("/a@one/launch/type").asText()).isEqualTo("service");
  }

  @Test
  void wordsThatAreUnknownAreRefusedWithTheWord() {
    assertThatThrownBy(() -> json.readValue("\"sleeping\"", AgentState.class))
        .isInstanceOf(JsonProcessingException.class)
        .hasMessageContaining("sleeping");
    assertThatThrownBy(() -> json.readValue("\"nobody\"", AgentId.class))
        .isInstanceOf(JsonProcessingException.class);
  }

  @Test
  void unknownFieldsAreIgnored() throws Exception {
    assertThat(json.readValue("{\"index\":0,\"name\":\"x\",\"vram\":1,\"new\":2}", Gpu.class))
        .isEqualTo(new Gpu(0, "x", new Bytes(1)));
  }

  private static Fleet everything() {
    AgentId a = new AgentId("a", "one");
    AgentId b = new AgentId("b", "one");
    AgentId c = new AgentId("c", "one");
    Position here = new Position("fleet.yaml", 3, 5);
    Agent service = agent(a, new Launch.Service("ServiceRegistry"), new Probe.Http("h", 1, "/"));
    Agent command = agent(b, new Launch.Command(List.of("x", "y"), "/"), new Probe.Tcp("h", 1));
    Agent image =
        agent(
            c,
            new Launch.Image("redis:7", Optional.empty(), List.of("d:/data")),
            new Probe.Command(List.of("true")));
    return new Fleet(
        "all",
        "ci",
        100,
        Optional.of(new BusSettings("nats://localhost:4222", Optional.empty())),
        Map.of(
            "one",
            new Machine(
                "one",
                "127.0.0.1",
                Optional.of(8),
                Optional.empty(),
                List.of(new Gpu(0, "RTX", new Bytes(5))),
                Map.of("A", "B"))),
        Map.of("g", new Group("g", "one", Optional.empty(), Optional.of("words"))),
        Map.of(
            a,
            service,
            b,
            command,
            c,
            withNeeds(
                image,
                List.of(
                    new Need(a, new Need.Healthy(), here),
                    new Need(b, new Need.LogLine("ready"), here)))),
        Map.of(
            "m",
            new Model(
                "m",
                "chat",
                "llama.cpp",
                Optional.empty(),
                Optional.of(new Bytes(7)),
                List.of("one"),
                true,
                false,
                Map.of("threads", 4))),
        Map.of(
            "f",
            new Flag(
                "f",
                "",
                Map.of("on", true, "off", false),
                "off",
                List.of(new Flag.Share("on", 12.5)))),
        List.of(new AlertRule("x", "gpu.vram.used > 90%", Duration.ofMinutes(1), "warning", "m")));
  }

  private static Agent withNeeds(Agent agent, List<Need> needs) {
    return new Agent(
        agent.id(),
        agent.group(),
        agent.description(),
        agent.launch(),
        agent.ports(),
        agent.liveness(),
        Optional.of(
            new Probe(
                new Probe.Zmq("localhost", 1, "ping"),
                Duration.ofSeconds(1),
                Duration.ofMillis(500),
                3,
                Duration.ZERO)),
        needs,
        agent.limits(),
        agent.restart(),
        agent.stop(),
        agent.required(),
        agent.lazy(),
        agent.environment(),
        agent.config(),
        agent.family(),
        agent.where());
  }

  private static Agent agent(AgentId id, Launch launch, Probe.Check check) {
    Probe probe =
        new Probe(check, Duration.ofSeconds(10), Duration.ofSeconds(2), 3, Duration.ofSeconds(1));
    return new Agent(
        id,
        "g",
        Optional.empty(),
        launch,
        Map.of("main", 7200),
        Optional.of(probe),
        Optional.empty(),
        List.of(),
        new Limits(
            Optional.of(0.5),
            Optional.of(Bytes.ofMebibytes(5)),
            Optional.empty(),
            Optional.empty()),
        Restart.DEFAULT,
        StopPolicy.DEFAULT,
        true,
        false,
        Map.of("K", "V"),
        Map.of("depth", Map.of("list", List.of(1, "two", true))),
        Optional.of("python-core"),
        new Position("fleet.yaml", 9, 3));
  }
}
