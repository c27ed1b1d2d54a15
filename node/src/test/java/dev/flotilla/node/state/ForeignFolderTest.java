package dev.flotilla.node.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A node of somebody who may not write where he is told to; root plays both. */
@Tag("external")
class ForeignFolderTest {
  private static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

  /** Takes a folder and says what came of it. */
  static final class Taker {
    private Taker() {}

    public static void main(String[] arguments) throws IOException {
      try (StateFolder folder = StateFolder.take(Path.of(arguments[0])).orElseThrow()) {
        System.out.println("taken " + folder.path());
      } catch (NodeException e) {
        e.problems().forEach(p -> System.out.println(p.found() + " | " + p.advice()));
      }
    }
  }

  @BeforeEach
  void rootOnly() throws IOException, InterruptedException {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root can be two users");
    assumeTrue(nobodyCan("true"), "setpriv is missing");
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (entry.contains("flotilla") || Files.isDirectory(Path.of(entry))) {
        assumeTrue(nobodyCan("test", "-r", entry), "nobody may not read " + entry);
      }
    }
  }

  private static boolean nobodyCan(String... words) throws IOException, InterruptedException {
    return new ProcessBuilder(command(List.of(words))).start().waitFor() == 0;
  }

  private static List<String> command(List<String> words) {
    List<String> all = new ArrayList<>(AS_NOBODY);
    all.addAll(words);
    return all;
  }

  private static String take(Path folder) throws IOException, InterruptedException {
    String classes = System.getProperty("java.class.path");
    Process process =
        new ProcessBuilder(
                command(
                    List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classes,
                        Taker.class.getName(),
                        folder.toString())))
            .redirectErrorStream(true)
            .start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    process.waitFor();
    return said;
  }

  private static Path open(String rights) throws IOException {
    Path folder = Files.createTempDirectory("flotilla-foreign");
    folder.toFile().deleteOnExit();
    return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(rights));
  }

  @Test
  void aFolderOfSomebodyElseIsRefusedWithHisName() throws Exception {
    Path theirs = open("rwxrwxrwx");
    assertThat(take(theirs))
        .isEqualTo(
            "the state folder %s belongs to root | run Flotilla as root, or name another folder by FLOTILLA_HOME"
                .formatted(theirs));
    assertThat(theirs).isEmptyDirectory();
  }

  @Test
  void aPlaceThatMayNotBeWrittenIsSaid() throws Exception {
    Path locked = open("r-xr-xr-x").resolve("fleet");
    assertThat(take(locked))
        .startsWith("the state folder " + locked + " cannot be used: ")
        .contains("AccessDenied")
        .contains("mend its permissions");
  }
}
