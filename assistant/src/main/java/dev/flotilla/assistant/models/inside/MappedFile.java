package dev.flotilla.assistant.models.inside;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What native code of this process has mapped of a file, on Linux. Weights of a model lie in memory
 * that way; given back, their pages are read from the file again when they are next touched.
 */
final class MappedFile {
  private static final Logger log = LoggerFactory.getLogger(MappedFile.class);
  private static final Path MAPS = Path.of("/proc/self/maps");

  /** MADV_DONTNEED of Linux, the same on every architecture but Alpha. */
  private static final int DONT_NEED = 4;

  private MappedFile() {}

  /** Gives the pages of a file that is mapped for reading back, with those of its other parts. */
  @SuppressWarnings("restricted")
  static void giveBack(Path file) {
    try {
      if (!Files.isReadable(MAPS)) {
        return;
      }
      MethodHandle madvise =
          Linker.nativeLinker()
              .downcallHandle(
                  Linker.nativeLinker().defaultLookup().findOrThrow("madvise"),
                  FunctionDescriptor.of(
                      ValueLayout.JAVA_INT,
                      ValueLayout.JAVA_LONG,
                      ValueLayout.JAVA_LONG,
                      ValueLayout.JAVA_INT));
      for (Range range : ranges(Files.readAllLines(MAPS), file.toRealPath())) {
        int refused = (int) madvise.invokeExact(range.from(), range.length(), DONT_NEED);
        if (refused != 0) {
          log.info("The system does not take back {} bytes of {}.", range.length(), file);
        }
      }
    } catch (IOException e) {
      log.info("What is mapped of {} could not be given back: {}", file, e.getMessage());
    } catch (Throwable e) {
      throw new IllegalStateException("madvise cannot be called", e);
    }
  }

  record Range(long from, long length) {}

  /** Those of a file that nobody of this process writes: what was written would be lost. */
  static List<Range> ranges(List<String> maps, Path file) {
    return maps.stream()
        .map(line -> line.split("\\s+", 6))
        .filter(words -> words.length == 6 && whole(words[5]).equals(whole(file.toString())))
        .filter(words -> words[1].charAt(1) == '-')
        .map(words -> range(words[0]))
        .toList();
  }

  /** The same for all the parts of a model that is split over files. */
  private static String whole(String file) {
    return file.replaceFirst("-\\d{5}-of-", "-of-");
  }

  private static Range range(String addresses) {
    int dash = addresses.indexOf('-');
    long from = Long.parseUnsignedLong(addresses.substring(0, dash), 16);
    return new Range(from, Long.parseUnsignedLong(addresses.substring(dash + 1), 16) - from);
  }
}
