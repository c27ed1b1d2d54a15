package dev.flotilla.cli.raise;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Gives the classes of a jar the version of this JDK, with the stack maps that go with it. Classes
 * older than Java 6 have none; a JVM neither keeps such classes in an AOT cache nor verifies them
 * quickly, and picocli's are of Java 5. Nothing else in them changes. Arguments: the jar, which
 * must be on the class path, and which is replaced. Run by the launcher alone.
 */
public final class RaiseJar {
  /** The first version whose classes are verified by their stack maps. */
  private static final int WITH_STACK_MAPS = ClassFile.JAVA_6_VERSION;

  private RaiseJar() {}

  public static void main(String[] args) throws IOException {
    Path jar = Path.of(args[0]);
    Path raised = jar.resolveSibling(jar.getFileName() + ".raised");
    System.out.println(raise(jar, raised) + " classes raised in " + jar.getFileName());
    Files.move(raised, jar, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Writes the jar anew and tells how many classes were raised. */
  static int raise(Path from, Path to) throws IOException {
    ClassFile classes =
        ClassFile.of(
            StackMapsOption.GENERATE_STACK_MAPS,
            ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(RaiseJar.class.getClassLoader())));
    int raised = 0;
    try (JarFile jar = new JarFile(from.toFile());
        OutputStream file = Files.newOutputStream(to);
        ZipOutputStream out = new ZipOutputStream(file)) {
      for (JarEntry entry : jar.stream().filter(e -> !e.isDirectory()).toList()) {
        byte[] bytes = jar.getInputStream(entry).readAllBytes();
        boolean old = entry.getName().endsWith(".class") && version(bytes) < WITH_STACK_MAPS;
        out.putNextEntry(new ZipEntry(entry.getName()));
        out.write(old ? raise(classes, bytes) : bytes);
        out.closeEntry();
        raised += old ? 1 : 0;
      }
    }
    return raised;
  }

  private static int version(byte[] bytes) {
    return ((bytes[6] & 0xff) << 8) | (bytes[7] & 0xff);
  }

  private static byte[] raise(ClassFile classes, byte[] bytes) {
    ClassTransform version =
        (builder, element) -> {
          if (element instanceof ClassFileVersion) {
            builder.withVersion(ClassFile.latestMajorVersion(), 0);
          } else {
            builder.with(element);
          }
        };
    ClassTransform code = ClassTransform.transformingMethodBodies(CodeBuilder::with);
    return classes.transformClass(classes.parse(bytes), version.andThen(code));
  }
}
