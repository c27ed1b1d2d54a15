package dev.flotilla.scan.store;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** Which readers and rules made the facts: a number over the program's own files. */
public final class RuleSetVersion {
  private RuleSetVersion() {}

  /** Changes whenever the compiled scanner changes. */
  public static String current() {
    CodeSource source = RuleSetVersion.class.getProtectionDomain().getCodeSource();
    if (source == null) {
      return "unknown";
    }
    CRC32C crc = new CRC32C();
    try (Stream<Path> files = Files.walk(Path.of(source.getLocation().toURI()))) {
      List<Path> sorted = files.filter(Files::isRegularFile).sorted().toList();
      for (Path file : sorted) {
        String line =
            file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file).toMillis();
        crc.update(line.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
      return Long.toHexString(crc.getValue());
    } catch (IOException | URISyntaxException e) {
      return "unknown";
    }
  }
}
