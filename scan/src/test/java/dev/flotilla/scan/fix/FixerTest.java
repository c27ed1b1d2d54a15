package dev.flotilla.scan.fix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.scan.Scan;
import dev.flotilla.scan.ScanRequest;
import dev.flotilla.scan.ScanResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FixerTest {
  @TempDir Path root;
  @TempDir Path state;

  @Test
  void backupsGoToTheArchiveUnlessSomethingNeedsThem() throws Exception {
    file("old/agent.py", "x = 1\n");
    file("agent.py.bak", "x = 1\n");
    file("helper_backup.py", "x = 1\n");
    file("agent.py", "import helper_backup\n");
    file("archive/old/there.py", "x = 1\n");
    file("old/there.py", "x = 1\n");

    FixPlan plan = plan(Fix.BACKUPS);

    assertThat(plan.changes())
        .extracting(Change::path)
        .containsExactly("agent.py.bak", "old/agent.py");
    assertThat(plan.left())
        .extracting(FixPlan.Left::why)
        .containsExactly("agent.py still needs it", "archive/old/there.py is there already");
  }

  @Test
  void requirementsLoseWhatIsUnusedTwiceOrOfTheStandardLibrary() throws Exception {
    file("requirements.txt", "# ours\nzmq\npyzmq\npyzmq==26.0\nasyncio\nredis \\\n  >=5\nnumpy\n");
    file("a.py", "import zmq\nimport numpy\n");

    assertThat(after(plan(Fix.UNUSED, Fix.DUPLICATES, Fix.STDLIB), "requirements.txt"))
        .isEqualTo("# ours\npyzmq==26.0\nnumpy\n");
  }

  @Test
  void aRequirementThatCodeElsewhereImportsStays() throws Exception {
    file("one/requirements.txt", "redis==5.0\n");
    file("one/a.py", "import numpy\n");
    file("two/b.py", "import redis\n");

    FixPlan plan = plan(Fix.UNUSED);

    assertThat(plan.changes()).isEmpty();
    assertThat(plan.left()).singleElement().satisfies(l -> assertThat(l.why()).contains("only"));
  }

  @Test
  void pinsOnlyToAVersionThatIsKnownAndAllowed() throws Exception {
    file("requirements.txt", "torch>=2.0  # big\nredis<5\nnumpy\n");
    file("other/requirements.txt", "torch==2.2.1\nredis==5.0.1\nnumpy==1.26.4\n");
    file("more/requirements.txt", "numpy==2.0.0\n");

    FixPlan plan = plan(Fix.PINS);

    assertThat(after(plan, "requirements.txt")).isEqualTo("torch==2.2.1  # big\nredis<5\nnumpy\n");
    assertThat(plan.left())
        .extracting(FixPlan.Left::why)
        .containsExactly(
            "the known version 5.0.1 is not <5", "the repository pins 1.26.4 and 2.0.0");
  }

  @Test
  void addsOnlyDistributionsThatAreKnownNotGuessed() throws Exception {
    file("requirements.txt", "numpy==1.26.4");
    file("a.py", "import numpy\nimport yaml\nimport obscure_thing\n");

    FixPlan plan = plan(Fix.MISSING);

    assertThat(after(plan, "requirements.txt")).isEqualTo("numpy==1.26.4\npyyaml\n");
    assertThat(plan.left()).singleElement().satisfies(l -> assertThat(l.why()).contains("guess"));
  }

  @Test
  void generatesRequirementsOfAFolder() throws Exception {
    file("requirements.txt", "numpy==1.26.4\n");
    file("agents/a.py", "import numpy\nimport odd_one\nfrom PIL import Image\nimport os\n");

    FixPlan plan =
        Fixer.plan(
            root,
            scan(),
            new FixRequest(
                EnumSet.noneOf(Fix.class), Map.of("pillow", "10.1"), Optional.of("agents")),
            _ -> true);

    assertThat(plan.changes())
        .singleElement()
        .isInstanceOfSatisfying(
            Change.Create.class,
            create ->
                assertThat(create.text())
                    .contains("\nnumpy==1.26.4\npillow==10.1\n")
                    .contains("# odd-one  (agents/a.py:2)"));
  }

  @Test
  void broadExceptsBecomeTheSafeExecutor() throws Exception {
    file(
        "a.py",
        """
        import zmq


        class Agent:
            def ask(self):
                try:
                    return self.socket.recv_json()
                except Exception as e:
                    # tell
                    print("failed", e)
                    return None
        """);

    assertThat(after(plan(Fix.EXCEPTS), "a.py"))
        .isEqualTo(
            """
            import zmq
            from flotilla import SafeExecutor


            class Agent:
                def ask(self):
                    with SafeExecutor("Agent.ask", recoverable=(zmq.ZMQError,)) as step:
                        return self.socket.recv_json()
                    if step.error is not None:
                        # tell
                        e = step.error
                        print("failed", e)
                        return None
            """);
  }

  @Test
  void exceptsThatCannotBeNarrowedStayWithTheReason() throws Exception {
    file("a.py", "try:\n    thing()\nexcept Exception:\n    pass\n");
    file(
        "b.py",
        "try:\n    open('x')\nexcept Exception:\n    if x:\n        raise\n    traceback\n");
    file("c.py", "try:\n    open('x')\nexcept OSError:\n    y()\nexcept Exception:\n    x()\n");
    file("d.py", "try:\n    open('x')\nexcept Exception:\n    x()\nelse:\n    y()\n");
    file("e.py", "try:\n    open('x')\nexcept Exception:\n    x()\ndef f(:\n");
    file("f.py", "try:\n    open('x')\nexcept Exception: x()\n");

    FixPlan plan = plan(Fix.EXCEPTS);

    assertThat(plan.changes()).isEmpty();
    assertThat(plan.left())
        .extracting(l -> l.file() + " " + l.why())
        .containsExactly(
            "a.py which errors its code raises is not known; name them by hand",
            "c.py the try has other handlers",
            "d.py the try has an else or finally",
            "e.py the file does not parse or is not UTF-8",
            "f.py its body stands on the line of the except");
  }

  @Test
  void portsComeFromTheEnvironmentAndAreWrittenDown() throws Exception {
    file(
        "config/startup_config.yaml",
        "agents:\n- name: MemoryAgent\n  script_path: memory.py\n  port: 5713\n");
    file(
        "memory.py",
        "\"\"\"Doc.\"\"\"\n"
            + "import zmq\n"
            + "s = zmq.Context().socket(zmq.REP)\n"
            + "s.bind('tcp://*:5713')\n");
    file(
        "asker.py",
        """
        import zmq
        s = zmq.Context().socket(zmq.REQ)
        h = "192.168.1.7"
        s.connect(f"tcp://{h}:5713")
        s.connect("tcp://192.168.1.7:5800")
        """);

    FixPlan plan = plan(Fix.PORTS);

    assertThat(after(plan, "memory.py"))
        .contains("import os\n")
        .contains("s.bind(f'tcp://*:{os.environ.get(\"FLOTILLA_PORT\", \"5713\")}')");
    assertThat(after(plan, "asker.py"))
        .contains("h = os.environ.get('HOST_192_168_1_7', '192.168.1.7')")
        .contains("f\"tcp://{h}:{os.environ.get('MEMORY_AGENT_PORT', '5713')}\"")
        .contains(
            "f\"tcp://{os.environ.get('HOST_192_168_1_7', '192.168.1.7')}"
                + ":{os.environ.get('PORT_5800', '5800')}\"");
    assertThat(plan.changes())
        .filteredOn(Change.Create.class::isInstance)
        .singleElement()
        .isInstanceOfSatisfying(
            Change.Create.class,
            create ->
                assertThat(create.text())
                    .contains("# of MemoryAgent; read in asker.py\nMEMORY_AGENT_PORT=5713\n"));
  }

  @Test
  void whatIsWrittenCanBeTakenBackToTheByte() throws Exception {
    file("requirements.txt", "# é\r\nasyncio\r\nnumpy==1\r\n");
    file("old/agent.py", "x = 1");
    file("a.py", "\uFEFFimport numpy\r\ntry:\r\n    open('x')\r\nexcept:\r\n    x()\r\n");
    Map<String, String> before = contents();

    FixPlan plan = plan(Fix.values());
    Applied applied = Applied.write(root, plan.changes(), state.resolve("1"));
    Map<String, String> after = contents();

    assertThat(after).containsKey("archive/old/agent.py").doesNotContainKey("old/agent.py");
    assertThat(after.get("requirements.txt")).isEqualTo("# é\r\nnumpy==1\r\n");
    assertThat(after.get("a.py"))
        .startsWith("\uFEFFimport numpy\r\nfrom flotilla")
        .contains("as step:\r\n");
    assertThat(Applied.latest(state)).contains(applied);
    assertThat(applied.undo(root)).isEmpty();
    assertThat(contents()).isEqualTo(before);
    assertThat(Applied.latest(state)).isEmpty();
  }

  @Test
  void aFileThatWasChangedSinceIsNotPutBack() throws Exception {
    file("requirements.txt", "asyncio\n");
    file("old/agent.py", "x = 1");
    Applied applied = Applied.write(root, plan(Fix.values()).changes(), state.resolve("1"));
    file("requirements.txt", "mine\n");

    assertThat(applied.undo(root))
        .extracting(Applied.Kept::path)
        .containsExactly("requirements.txt");
    assertThat(root.resolve("requirements.txt")).hasContent("mine\n");
    assertThat(root.resolve("old/agent.py")).exists();
    assertThat(state.resolve("1/originals/requirements.txt")).hasContent("asyncio\n");
  }

  @Test
  void nothingIsWrittenWhenAFileChangedSinceThePlan() throws Exception {
    file("requirements.txt", "asyncio\n");
    file("old/agent.py", "x = 1");
    List<Change> changes = plan(Fix.values()).changes();
    file("requirements.txt", "asyncio\nnumpy\n");

    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> Applied.write(root, changes, state.resolve("1")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("requirements.txt has changed");
    assertThat(root.resolve("old/agent.py")).exists();
    assertThat(state.resolve("1")).doesNotExist();
  }

  private void file(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private FixPlan plan(Fix... fixes) throws Exception {
    EnumSet<Fix> kinds = EnumSet.copyOf(List.of(fixes));
    return Fixer.plan(root, scan(), new FixRequest(kinds, Map.of(), Optional.empty()), _ -> true);
  }

  private ScanResult scan() throws Exception {
    return Scan.run(ScanRequest.of(root));
  }

  private static String after(FixPlan plan, String path) {
    return plan.changes().stream()
        .filter(change -> change.path().equals(path))
        .map(change -> ((Change.Edit) change).after())
        .findFirst()
        .orElse("");
  }

  private Map<String, String> contents() throws IOException {
    Map<String, String> result = new TreeMap<>();
    try (var files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        result.put(root.relativize(file).toString(), Files.readString(file));
      }
    }
    return result;
  }
}
