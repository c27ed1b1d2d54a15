package dev.flotilla.model.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.Fleet;
import dev.flotilla.model.Problems;
import dev.flotilla.model.manifest.Manifests;
import dev.flotilla.model.yaml.YamlReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class PicturesTest {
  private final Fleet fleet =
      Manifests.fleet(
          """
          fleet: voice
          machines: {mainpc: {}, pc2: {}}
          groups: {core: mainpc, relay: pc2}
          agents:
            Registry: {group: core, command: r, port: 7200, ports: {health: 8200}, description: 'who is there: always'}
            NLUAgent: {group: core, command: n, port: 5709, needs: {Registry: {log: 'say "<hi>"'}}}
            Relay: {group: relay, command: x, required: false, needs: [NLUAgent, Registry]}
          """);

  @Test
  void text() {
    assertThat(GraphText.of(fleet))
        .isEqualTo(
            """
            1  at once, 1 agent
               Registry  mainpc/core

            2  then, 1 agent
               NLUAgent  mainpc/core  after Registry (log: say "<hi>")

            3  then, 1 agent
               Relay     pc2/relay (optional)  after NLUAgent, Registry
            """);
  }

  @Test
  void mermaid() {
    assertThat(GraphMermaid.of(fleet))
        .isEqualTo(
            """
            flowchart LR
              subgraph g0["core @ mainpc"]
                a0["Registry"]
                a1["NLUAgent"]
              end
              subgraph g1["relay @ pc2"]
                a2(["Relay"])
              end
              a0 -->|"log: say #quot;#lt;hi>#quot;"| a1
              a1 --> a2
              a0 --> a2
            """);
  }

  @Test
  void svgIsXmlWithABoxForEachAgentAndALineForEachNeed() throws Exception {
    Document svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(GraphSvg.of(fleet))));
    assertThat(svg.getElementsByTagName("g").getLength()).isEqualTo(3);
    assertThat(svg.getElementsByTagName("path").getLength()).isEqualTo(3);
    assertThat(svg.getDocumentElement().getTextContent()).contains("NLUAgent", "machine pc2");
  }

  @Test
  void aCycleIsDrawnToo() {
    Fleet circle =
        Manifests.fleet("agents: {a: {command: x, needs: [b]}, b: {command: x, needs: [a]}}");
    assertThat(GraphText.of(circle)).contains("cycle: a needs b needs a");
    assertThat(GraphSvg.of(circle)).contains(">a</text>").contains(">b</text>");
  }

  @Test
  void portsAsATableAndAsARegistry() {
    PortTable table = PortTable.of(fleet);
    assertThat(table.text())
        .isEqualTo(
            """
            mainpc
               5709  NLUAgent  serves NLUAgent
               7200  Registry  who is there: always
               8200  Registry  health: who is there: always
            """);
    assertThat(table.rows())
        .extracting(PortTable.Row::name)
        .containsExactly("NLU_AGENT", "REGISTRY", "REGISTRY_HEALTH");
    String yaml = table.yaml();
    assertThat(yaml).contains("  - name: NLU_AGENT\n    port: 5709\n    machine: mainpc\n");
    Problems problems = new Problems();
    assertThat(YamlReader.read("ports.yaml", yaml.getBytes(StandardCharsets.UTF_8), problems))
        .isPresent();
    assertThat(problems.sorted()).isEmpty();
  }
}
