package dev.flotilla.scan.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.flotilla.scan.Scan;
import dev.flotilla.scan.ScanRequest;
import java.io.File;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser. */
@Tag("external")
class HtmlReportTest {
  @TempDir Path root;
  @TempDir Path profile;

  private Path page;

  @BeforeEach
  void write() throws Exception {
    Files.createDirectories(root.resolve("pc2_code/config"));
    Files.writeString(
        root.resolve("pc2_code/config/startup_config.yaml"),
        """
        pc2_services:
        - name: Memory
          script_path: pc2_code/memory.py
          port: 7400
        - name: Asker
          script_path: pc2_code/asker.py
          port: 7500
          dependencies: [Memory]
        """);
    Files.writeString(
        root.resolve("pc2_code/memory.py"),
        """
        import zmq
        s = zmq.Context().socket(zmq.REP)
        s.bind('tcp://*:7400')
        """);
    Files.writeString(
        root.resolve("pc2_code/asker.py"),
        """
        import zmq
        s = zmq.Context().socket(zmq.REQ)
        s.connect('tcp://localhost:7400')
        try:
            f('</script><b>')
        except:
            pass
        """);
    StringWriter out = new StringWriter();
    Format.HTML.write(Report.of(Scan.run(ScanRequest.of(root))), out);
    page = profile.resolve("scan.html");
    Files.writeString(page, out.toString());
  }

  @Test
  void showsFindingsGravestFirst() throws Exception {
    String dom = dom("");

    assertThat(dom).containsPattern("id=\"count\"[^>]*>\\d+ findings");
    assertThat(dom).contains("2 agents configured");
    assertThat(dom.indexOf("class=\"high\">high")).isLessThan(dom.indexOf("class=\"low\">low</td"));
  }

  @Test
  void filtersSortsAndSearchesByTheAddress() throws Exception {
    String rule = dom("#rule=FLT101");
    assertThat(rule).containsPattern("id=\"count\"[^>]*>1 findings").contains("bare except");
    String text = dom("#text=Memory.py&sort=2&down=true");
    assertThat(text).contains("aria-sort=\"descending\"").contains("pc2_code/memory.py");
    assertThat(text.substring(text.indexOf("id=\"rows\""), text.indexOf("id=\"more\"")))
        .doesNotContain("asker.py");
    assertThat(dom("#severity=critical")).containsPattern("tile on[^>]*data-severity=\"critical\"");
  }

  @Test
  void showsAgentsAndPictures() throws Exception {
    assertThat(dom("#tab=agents"))
        .containsPattern("data-tab=\"agents\" aria-selected=\"true\"")
        .contains("<h3>Memory</h3>", "needs Memory", "port 7400");
    assertThat(dom("#tab=picture"))
        .containsPattern("data-tab=\"picture\" aria-selected=\"true\"")
        .contains("Agents and their dependencies");
    assertThat(dom("#tab=sockets")).contains("Sockets and who speaks to whom");
    assertThat(dom("#tab=nonsense"))
        .containsPattern("data-tab=\"findings\" aria-selected=\"true\"");
  }

  /** The page when its script has run. */
  private String dom(String address) throws Exception {
    Optional<Path> browser =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
            .map(folder -> Path.of(folder, "chromium"))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(browser.isPresent(), "chromium is not on the path");
    Path dom = profile.resolve("dom.html");
    Process process =
        new ProcessBuilder(
                browser.get().toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--user-data-dir=" + profile.resolve("chromium"),
                "--virtual-time-budget=2000",
                "--dump-dom",
                page.toUri() + address)
            .redirectOutput(dom.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return Files.readString(dom, StandardCharsets.UTF_8);
  }
}
