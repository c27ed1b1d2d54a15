package dev.flotilla.model.manifest;

import static dev.flotilla.model.manifest.Manifests.agent;
import static dev.flotilla.model.manifest.Manifests.fleet;
import static dev.flotilla.model.manifest.Manifests.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.Fleet;
import dev.flotilla.model.Launch;
import dev.flotilla.model.Listen;
import dev.flotilla.model.Problem;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ListenReaderTest {
  @Test
  void theMachineSaysWhereAndTheAgentOverridesIt() {
    Fleet fleet =
        fleet(
            """
            machines:
              pc1:
                address: 192.168.1.5
                defaults:
                  listen: {host: 192.168.1.5, token: s/token, certificate: s/c.pem, key: s/k.pem}
            agents:
              hub: {service: ObservabilityHub, port: 9000}
              twin: {service: SystemDigitalTwin, port: 7220, listen: {token: /etc/other}}
              worker: {command: x}
            """);
    assertThat(listen(fleet, "hub"))
        .contains(
            new Listen(
                "192.168.1.5", "/srv/fleet/s/token", "/srv/fleet/s/c.pem", "/srv/fleet/s/k.pem"));
    assertThat(listen(fleet, "twin").map(Listen::token)).contains("/etc/other");
    assertThat(agent(fleet, "worker").launch()).isInstanceOf(Launch.Command.class);
  }

  @Test
  void beyondThisMachineTokenAndCertificateAreRequired() {
    Problem problem = ofHub("{host: 192.168.1.5, token: t}");
    assertThat(problem.where()).hasToString("fleet.yaml:2:41");
    assertThat(problem.found()).isEqualTo("listen on 192.168.1.5 without certificate, key");
    assertThat(problem.expected()).contains("beyond this machine");
    assertThat(ofHub("{token: t, certificate: c, key: k}").found())
        .isEqualTo("listen without host");
    assertThat(ofHub("{host: 0.0.0.0, token: t, certificate: c, key: k}").found())
        .isEqualTo("every address of the machine");
  }

  @Test
  void aProgramOfOnesOwnListensAsItLikes() {
    Problem problem =
        problem(
            "agents:\n  a: {command: x, listen: {host: h, token: t, certificate: c, key: k}}\n");
    assertThat(problem.found()).isEqualTo("listen of an agent that is no service");
  }

  private static Problem ofHub(String listen) {
    return problem("agents:\n  hub: {service: X, port: 9000, listen: " + listen + "}\n");
  }

  private static Optional<Listen> listen(Fleet fleet, String agent) {
    return agent(fleet, agent).launch() instanceof Launch.Service(String _, Optional<Listen> listen)
        ? listen
        : Optional.empty();
  }
}
