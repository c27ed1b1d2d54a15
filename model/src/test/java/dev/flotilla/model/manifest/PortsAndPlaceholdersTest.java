package dev.flotilla.model.manifest;

import static dev.flotilla.model.manifest.Manifests.agent;
import static dev.flotilla.model.manifest.Manifests.fleet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.Fleet;
import dev.flotilla.model.Launch;
import dev.flotilla.model.Probe;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortsAndPlaceholdersTest {
  private static final String MANIFEST =
      """
      port_offset: 10
      port_sets:
        ci:
          offset: 1000
          ports: {Registry: 17200, Registry.health: 18200, Twin.main: 17220}
      agents:
        Registry: {command: 'r ${port} ${port.health}', port: 7200, ports: {health: 8200, zmq: 5555}, health: {http: /health, port: 8200}}
        Twin: {command: t, port: 7220, health: {tcp: 9999}}
      """;

  @Test
  void theOffsetOfTheManifestMovesEveryPort() {
    Fleet fleet = fleet(MANIFEST);
    assertThat(fleet.portOffset()).isEqualTo(10);
    assertThat(agent(fleet, "Registry").ports())
        .isEqualTo(Map.of("main", 7210, "health", 8210, "zmq", 5565));
    assertThat(agent(fleet, "Registry").launch())
        .isEqualTo(new Launch.Command(List.of("r", "7210", "8210"), "/srv/fleet"));
    assertThat(agent(fleet, "Twin").liveness().map(Probe::check))
        .contains(new Probe.Tcp("127.0.0.1", 10009));
  }

  @Test
  void theOffsetOfTheCallReplacesTheManifests() {
    Fleet fleet = fleet(MANIFEST, Manifests.PLAIN.withPortOffset(0));
    assertThat(agent(fleet, "Twin").port()).contains(7220);
  }

  @Test
  void aPortSetNamesSinglePortsAndMovesTheRestAndProbesFollow() {
    Fleet fleet = fleet(MANIFEST, Manifests.PLAIN.withPortSet("ci").withPortOffset(0));
    assertThat(fleet.portSet()).isEqualTo("ci");
    assertThat(agent(fleet, "Registry").ports())
        .isEqualTo(Map.of("main", 17200, "health", 18200, "zmq", 6555));
    assertThat(agent(fleet, "Registry").liveness().map(Probe::check))
        .contains(new Probe.Http("127.0.0.1", 18200, "/health"));
    assertThat(agent(fleet, "Twin").port()).contains(17220);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "${HOME}|/home/me",
        "${UNSET:-plain}|plain",
        "${EMPTY:-default}|default",
        "${UNSET:-}|''",
        "${UNSET:-${HOME}/x}|/home/me/x",
        "${UNSET:-${ALSO:-deep}}|deep",
        "a${HOME}b$${HOME}|a/home/meb${HOME}",
        "$HOME|$HOME",
        "${DOLLARS}|$$ ${port}",
        "${UNSET:-${port}}|7000",
      })
  void variablesOfTheEnvironment(String written, String expected) {
    LoadOptions options =
        LoadOptions.of(Map.of("HOME", "/home/me", "EMPTY", "", "DOLLARS", "$$ ${port}"));
    Fleet fleet =
        fleet("agents: {a: {command: x, port: 7000, env: {V: '" + written + "'}}}", options);
    assertThat(agent(fleet, "a").environment()).containsEntry("V", expected);
  }

  @Test
  void typedValuesMayComeFromTheEnvironment() {
    Fleet fleet =
        fleet(
            "agents: {a: {command: x, port: '${P:-7000}', required: '${R:-false}'}}",
            LoadOptions.of(Map.of("P", "7001")));
    assertThat(agent(fleet, "a").port()).contains(7001);
    assertThat(agent(fleet, "a").required()).isFalse();
  }

  @Test
  void portsAndAddressesOfOtherAgentsAreKnownWhateverTheOrder() {
    Fleet fleet =
        fleet(
            """
            machines: {one: {address: 10.0.0.1}, two: {address: 10.0.0.2}}
            agents:
              Page@one: {command: 'p ${port@Store} ${port.health@Store} ${address@Store} ${port@Hub@two}'}
              Store@two: {command: s, port: 7000, ports: {health: 8000}}
              Hub@one: {command: h, port: 1}
              Hub@two: {command: h, port: 2}
            """,
            Manifests.PLAIN.withPortOffset(5));
    assertThat(agent(fleet, "Page").launch())
        .isEqualTo(new Launch.Command(List.of("p", "7005", "8005", "10.0.0.2", "7"), "/srv/fleet"));
    assertThat(Manifests.problem("agents: {a: {command: 'x ${port@b}'}}").expected())
        .contains("of one agent of this manifest");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a b  c|a,b,c",
        "a 'b c' d|a,b c,d",
        "a \"b 'c'\" d|a,b 'c',d",
        "a b\\ c|a,b c",
        "a \"\\\"b\\\" C:\\x\"|a,\"b\" C:\\x",
        "a ''|a,",
        "pre'fix'ed|prefixed",
      })
  void aCommandLineIsSplitAsAShellDoes(String line, String words) {
    Fleet fleet = fleet("agents:\n  a:\n    command: |-\n      " + line + "\n");
    assertThat(agent(fleet, "a").launch())
        .isEqualTo(new Launch.Command(List.of(words.split(",", -1)), "/srv/fleet"));
  }
}
