package dev.flotilla.bench.runtime;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/** The class path of this JVM without folders, which the JDK takes into no AOT cache. */
final class Jars {
  private Jars() {}

  static String classPath(Path work) throws IOException {
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path place = Path.of(entry);
      if (!Files.isDirectory(place)) {
        entries.add(entry);
        continue;
      }
      Path jar = work.resolve("classes" + entries.size() + ".jar");
      int code =
          ToolProvider.findFirst("jar")
              .orElseThrow()
              .run(System.out, System.err, "cf", jar.toString(), "-C", entry, ".");
      if (code != 0) {
        throw new IOException("no jar could be made of " + entry);
      }
      entries.add(jar.toString());
    }
    return String.join(File.pathSeparator, entries);
  }
}
