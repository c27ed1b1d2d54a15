package dev.flotilla.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.scan.graph.Hotspots;
import dev.flotilla.scan.graph.Layers;
import dev.flotilla.scan.topology.Connection;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the files of a repository have to do with each other. */
class GraphTest {
  @TempDir Path root;

  @Test
  void aModuleStandsOneLayerAboveWhatItImports() throws Exception {
    Monorepo.file(root, "base.py", "x = 1\n");
    Monorepo.file(root, "a.py", "import base, b\n");
    Monorepo.file(root, "b.py", "import a, base\n");
    Monorepo.file(root, "top.py", "import a\ndef f():\n    import later\n");
    Monorepo.file(root, "later.py", "import top\n");

    assertThat(Layers.of(Scan.run(ScanRequest.of(root)).repository().imports()))
        .containsEntry("base.py", 0)
        .containsEntry("a.py", 1)
        .containsEntry("b.py", 1)
        .containsEntry("top.py", 2)
        .containsEntry("later.py", 3);
  }

  @Test
  void theHottestTenthHasTheMostPaths() throws Exception {
    for (int i = 0; i < 20; i++) {
      String code = "def f(x):\n" + "    if x:\n        g()\n".repeat(15 + i);
      Monorepo.file(root, "m" + i + ".py", code);
    }

    assertThat(Hotspots.of(Scan.run(ScanRequest.of(root)).repository()))
        .extracting(Hotspots.Hotspot::paths)
        .containsExactly(35, 34);
  }

  @Test
  void aConnectFindsTheBindOfItsOwnMachine() throws Exception {
    for (String machine : new String[] {"main_pc_code", "pc2_code"}) {
      Monorepo.file(
          root,
          machine + "/config/startup_config.yaml",
          "agents:\n  a:\n    script_path: " + machine + "/a.py\n    port: 1\n");
      Monorepo.file(root, machine + "/bind.py", "s.bind('tcp://*:5556')\n");
    }
    Monorepo.file(root, "pc2_code/near.py", "s.connect('tcp://localhost:5556')\n");
    Monorepo.file(root, "pc2_code/far.py", "s.connect('tcp://10.0.0.1:5556')\n");
    ScanResult result = Scan.run(ScanRequest.of(root));

    assertThat(Connection.match(result.topology(), result.repository()).edges())
        .extracting(c -> c.connect().file() + " → " + c.bind().file() + " " + c.sure())
        .containsExactly(
            "pc2_code/far.py → main_pc_code/bind.py false",
            "pc2_code/far.py → pc2_code/bind.py false",
            "pc2_code/near.py → pc2_code/bind.py true");
  }
}
