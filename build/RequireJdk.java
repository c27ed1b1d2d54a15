import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Says in one sentence what to install where there is no JDK 25, before Maven says it in its own
 * words. Runs on the JDK that runs Maven, which may be as old as 11, and looks where Maven's
 * toolchain discovery looks.
 */
final class RequireJdk {
  private static final Pattern WANTED = Pattern.compile("JAVA_VERSION=\"25[.\"\\-+].*");
  private static final int DEEPEST = 4;

  public static void main(String[] args) {
    Path home = Paths.get(System.getProperty("user.home"));
    boolean own = Files.exists(home.resolve(".m2/toolchains.xml"));
    if (own || candidates(home).stream().anyMatch(RequireJdk::holds)) {
      return;
    }
    System.err.println(
        "[ERROR] Flotilla is built with a JDK 25, and none was found: install one (from"
            + " https://adoptium.net, or with: sdk install java 25-tem), or set JAVA_HOME to where"
            + " it is.");
    System.exit(1);
  }

  private static List<Path> candidates(Path home) {
    List<Path> places = new ArrayList<>(List.of(Paths.get(System.getProperty("java.home"))));
    for (Map.Entry<String, String> variable : System.getenv().entrySet()) {
      if (variable.getKey().matches("JAVA.*HOME") || variable.getKey().equals("JDK_HOME")) {
        places.add(Paths.get(variable.getValue()));
      }
    }
    for (String folder :
        List.of(
            ".jdks",
            ".m2/jdks",
            ".sdkman/candidates/java",
            ".gradle/jdks",
            ".jenv/versions",
            ".jbang/cache/jdks",
            ".asdf/installs",
            ".jabba/jdk")) {
      places.add(home.resolve(folder));
    }
    for (String folder :
        List.of(
            "/usr/jdk",
            "/usr/java",
            "/opt/java",
            "/opt/jdk",
            "/usr/lib/jvm",
            "/Library/Java/JavaVirtualMachines",
            "C:/Program Files/Java")) {
      places.add(Paths.get(folder));
    }
    return places;
  }

  private static boolean holds(Path place) {
    return releases(place).stream().anyMatch(RequireJdk::isWanted);
  }

  private static List<Path> releases(Path place) {
    if (!Files.isDirectory(place)) {
      return Collections.emptyList();
    }
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(place, DEEPEST)) {
      files.filter(file -> file.endsWith("release")).forEach(found::add);
    } catch (IOException | java.io.UncheckedIOException unreadable) {
      return found;
    }
    return found;
  }

  private static boolean isWanted(Path release) {
    try (Stream<String> lines = Files.lines(release)) {
      return lines.anyMatch(line -> WANTED.matcher(line).matches());
    } catch (IOException | java.io.UncheckedIOException unreadable) {
      return false;
    }
  }
}
