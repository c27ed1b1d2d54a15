package dev.flotilla.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.flotilla.cli.Run;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a folder of plans holds, the answer is clear and nothing is lost. */
final class PlanBadInputTest {
  @TempDir Path directory = Path.of("");

  private Run plan(String... words) {
    List<String> all = new ArrayList<>(List.of("plan"));
    all.addAll(List.of(words));
    return Run.in(directory, all.toArray(String[]::new));
  }

  private Path write(String name, String text) throws IOException {
    Path path = directory.resolve("plans").resolve(name);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text);
  }

  /** Refused, clear, without a stack trace, and the file as it was. */
  private void refused(Path file, String found, String advice, String... words) throws IOException {
    byte[] before = Files.readAllBytes(file);
    Run run = plan(words);
    assertThat(run.code()).as(run.out()).isOne();
    assertThat(run.err()).contains(found).contains(advice).doesNotContain("\tat ");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void malformedFrontMatterNamesItsLine() throws IOException {
    Path file = write("p.md", "---\nid: p\nno colon here\n---\n\n## PHASE 0: a\n");
    refused(file, "no colon here", "p.md:3", "done", "p", "0");
    assertThat(plan("list").out()).contains("p.md:3");
    assertThat(plan("show", "p").code()).isZero();
  }

  @Test
  void halfAFileShowsWhatIsThereAndCanGoOn() throws IOException {
    write("p.md", "---\nid: p\n---\n\n## PHASE 0: a\n```bash\necho one\n\n## PHASE 1: b\n**Ta");
    assertThat(plan("show", "p").out()).contains("PHASE 0: a").contains("PHASE 1: b");
    assertThat(plan("exec", "p", "0").out() + plan("exec", "p", "0").err()).doesNotContain("\tat ");
    assertThat(plan("add", "p", "--phase", "1", "more").code()).isZero();
    assertThat(plan("show", "p").out()).contains("more");
  }

  @Test
  void mergeMarkersStopEveryEdit() throws IOException {
    Path file =
        write(
            "p.md",
            "## PHASE 0: a\n<<<<<<< ours\n1. [x] one\n=======\n1. [ ] one\n>>>>>>> theirs\n");
    refused(file, "merge marker", "plan merge", "done", "p", "0");
  }

  @Test
  void windowsLineEndsAndAMarkStayToTheByte() throws IOException {
    Path file = write("p.md", "\uFEFF---\r\nid: p\r\n---\r\n\r\n## PHASE 0: a\r\n1. [ ] one\r\n");
    assertThat(plan("done", "p", "0.1").code()).isZero();
    assertThat(file).hasContent("\uFEFF---\r\nid: p\r\n---\r\n\r\n## PHASE 0: a\r\n1. [x] one\r\n");
  }

  @Test
  void aPhaseOfFiveMegabytesIsShownAndClosed() throws IOException {
    String big = "words and words and words\n".repeat(200_000);
    Path file = write("p.md", "## PHASE 0: a\n" + big + "\n## PHASE 1: b\n");
    assertThat(plan("done", "p", "0").code()).isZero();
    assertThat(Files.readString(file)).startsWith("## PHASE 0: a ✔\n" + big);
  }

  @Test
  void jsonThatIsNoTasksSaysWhatTasksAre() throws IOException {
    Files.writeString(directory.resolve("a.json"), "{\"colour\": \"red\"}");
    Files.writeString(directory.resolve("b.json"), "[1, 2");
    assertThat(plan("import", "a.json").err()).contains("to do:").doesNotContain("\tat ");
    assertThat(plan("import", "b.json").err()).contains("to do:").doesNotContain("\tat ");
    assertThat(directory.resolve("plans")).doesNotExist();
  }

  @Test
  void bytesThatAreNoTextAreNamedAndKept() throws IOException {
    Path file = write("p.md", "");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes("## PHASE 0: a\n".getBytes(StandardCharsets.UTF_8));
    bytes.write(0xff);
    bytes.write(0xfe);
    Files.write(file, bytes.toByteArray());
    refused(file, "p.md:2", "to do:", "done", "p", "0");
  }

  @Test
  @Tag("external")
  void aFullDiskChangesNothing() throws IOException, InterruptedException {
    Path disk = Files.createDirectories(directory.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", disk.toString()) == 0,
        "mounting needs the superuser");
    try {
      String plans = disk.resolve("plans").toString();
      assertThat(plan("new", "one", "--id", "one", "--phase", "a", "--plans", plans).code())
          .isZero();
      assertThat(run("sh", "-c", "dd if=/dev/zero of=" + disk + "/fill bs=4k 2> /dev/null"))
          .isPositive();
      Path file = disk.resolve("plans/one.md");
      Path log = disk.resolve("plans/one.events.jsonl");
      byte[] events = Files.readAllBytes(log);
      refused(file, "a full disk", "nothing was changed", "done", "one", "0", "--plans", plans);
      assertThat(Files.readAllBytes(log)).isEqualTo(events);
      assertThat(plan("list", "--plans", plans).out()).contains("[✗] 0. PHASE 0: a");
      Files.delete(disk.resolve("fill"));
      assertThat(plan("done", "one", "0", "--plans", plans).code()).isZero();
    } finally {
      assertThat(run("umount", "-l", disk.toString())).isZero();
    }
  }

  @Test
  @Tag("external")
  void aReadOnlyFolderIsListedAndRefusesWrites() throws IOException, InterruptedException {
    Path disk = Files.createDirectories(directory.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "tmpfs", disk.toString()) == 0, "mounting needs the superuser");
    try {
      String plans = disk.resolve("plans").toString();
      plan("new", "one", "--id", "one", "--phase", "a", "--plans", plans);
      assertThat(run("mount", "-o", "remount,ro", disk.toString())).isZero();
      assertThat(plan("list", "--plans", plans).out()).contains("PHASE 0: a");
      assertThat(plan("show", "one", "--plans", plans).code()).isZero();
      Path file = disk.resolve("plans/one.md");
      refused(file, "a read-only file system", "--plans", "done", "one", "0", "--plans", plans);
    } finally {
      assertThat(run("umount", "-l", disk.toString())).isZero();
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException noSuchProgram) {
      return 127;
    }
  }
}
