package dev.flotilla.scan.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.scan.Scan;
import dev.flotilla.scan.ScanRequest;
import dev.flotilla.scan.ScanResult;
import dev.flotilla.scan.inventory.SocketPicture;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class LinesTest {
  @TempDir Path root;

  @BeforeEach
  void write() throws IOException {
    for (String machine : new String[] {"main_pc_code", "pc2_code"}) {
      Files.createDirectories(root.resolve(machine + "/config"));
      Files.writeString(
          root.resolve(machine + "/config/startup_config.yaml"),
          "agents:\n- name: Memory\n  script_path: " + machine + "/memory.py\n  port: 7400\n");
      Files.writeString(
          root.resolve(machine + "/memory.py"),
          """
          import zmq
          s = zmq.Context().socket(zmq.REP)
          s.bind('tcp://*:7400')
          """);
    }
    Files.writeString(
        root.resolve("pc2_code/asker.py"),
        """
        import zmq
        s = zmq.Context().socket(zmq.REQ)
        s.connect('tcp://localhost:7400')
        t = zmq.Context().socket(zmq.SUB)
        t.connect('tcp://localhost:7999')
        """);
  }

  @Test
  void matchesOnTheSameMachineAndSaysWhereNobodyIs() throws Exception {
    ScanResult result = Scan.run(ScanRequest.of(root));

    assertThat(Lines.of(result.topology(), result.repository()))
        .extracting(
            line -> line.from() + " " + line.to() + " " + line.toMachine() + " " + line.kind())
        .containsExactly(
            "asker.py Optional.empty nobody zmq", "asker.py Optional[Memory] pc2 REQ-REP");
  }

  @Test
  void drawsThemAlwaysTheSame() throws Exception {
    ScanResult result = Scan.run(ScanRequest.of(root));
    String svg = SocketPicture.svg(result);

    assertThat(svg).contains("asker.py → Memory :7400, REQ-REP", "nobody binds", "pc2");
    assertThat(SocketPicture.svg(Scan.run(ScanRequest.of(root)))).isEqualTo(svg);
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
    assertThat(SocketPicture.mermaid(result))
        .startsWith("flowchart LR\n")
        .contains("-->|REQ-REP 7400|", "-.->|zmq 7999|", "subgraph pc2");
  }
}
