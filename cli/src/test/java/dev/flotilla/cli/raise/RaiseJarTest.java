package dev.flotilla.cli.raise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class RaiseJarTest {
  @TempDir Path folder = Path.of("");

  private Path raised() throws IOException, URISyntaxException {
    URL jar = CommandLine.class.getProtectionDomain().getCodeSource().getLocation();
    Path to = folder.resolve("raised.jar");
    assertThat(RaiseJar.raise(Path.of(jar.toURI()), to)).isPositive();
    return to;
  }

  @Test
  void noClassIsTooOldForAnAotCacheAnyMore() throws Exception {
    try (JarFile jar = new JarFile(raised().toFile())) {
      for (JarEntry entry : jar.stream().filter(e -> e.getName().endsWith(".class")).toList()) {
        byte[] bytes = jar.getInputStream(entry).readAllBytes();
        assertThat(ClassFile.of().parse(bytes).majorVersion())
            .as(entry.getName())
            .isGreaterThanOrEqualTo(ClassFile.JAVA_6_VERSION);
      }
    }
  }

  @Test
  void everyClassPassesTheVerifierAndCommandsAreStillRead() throws Exception {
    Path jar = raised();
    try (JarFile names = new JarFile(jar.toFile());
        URLClassLoader loader =
            new URLClassLoader(
                new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      List<String> classes =
          names.stream()
              .map(JarEntry::getName)
              .filter(name -> name.startsWith("picocli/") && name.endsWith(".class"))
              .map(name -> name.substring(0, name.length() - 6).replace('/', '.'))
              .filter(name -> !name.contains("groovy"))
              .toList();
      for (String name : classes) {
        Class.forName(name, true, loader);
      }
      Class<?> line = loader.loadClass("picocli.CommandLine");
      Object spec =
          loader
              .loadClass("picocli.CommandLine$Model$CommandSpec")
              .getMethod("create")
              .invoke(null);
      Method usage = line.getMethod("getUsageMessage");
      Object made = line.getConstructor(Object.class).newInstance(spec);
      assertThat(usage.invoke(made)).asString().contains("Usage: <main class>");
    }
  }
}
