package dev.flotilla.scan.store;

import dev.flotilla.scan.facts.FileFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Facts of an earlier run. A damaged or foreign cache is an empty one; the file may be deleted at
 * any time. Immutable once loaded.
 */
public final class FactCache {
  private static final int MAGIC = 0x464C54;

  private final Map<String, Entry> entries;

  private FactCache(Map<String, Entry> entries) {
    this.entries = entries;
  }

  /**
   * What was known of a file.
   *
   * @param stamp size and time of the file when it was read
   * @param hash of its content
   */
  public record Entry(Stamp stamp, String hash, FileFacts facts) {}

  /**
   * A quick sign that a file did not change.
   *
   * @param size in bytes
   * @param modified nanoseconds since 1970; 0 when the file changed so lately that the time proves
   *     nothing
   */
  public record Stamp(long size, long modified) {}

  /** No facts. */
  public static FactCache empty() {
    return new FactCache(Map.of());
  }

  /** Loads a cache; anything but a whole cache of this version counts as empty. */
  public static FactCache load(Path file, String version) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      ByteSource in = new ByteSource(bytes);
      if (in.number() != MAGIC || in.word() != checksum(bytes, 12) || !in.text().equals(version)) {
        return empty();
      }
      int count = in.number();
      Map<String, Entry> entries = HashMap.newHashMap(count);
      for (int i = 0; i < count; i++) {
        Stamp stamp = new Stamp(in.word(), in.word());
        String hash = in.text();
        FileFacts facts = FactCodec.read(in);
        entries.put(facts.path(), new Entry(stamp, hash, facts));
      }
      return new FactCache(entries);
    } catch (IOException | RuntimeException e) {
      return empty();
    }
  }

  /** What is known of a file. */
  public Optional<Entry> of(String path) {
    return Optional.ofNullable(entries.get(path));
  }

  /** How many files are known. */
  public int size() {
    return entries.size();
  }

  /** Writes a cache beside the old one and moves it into its place. */
  public static void save(Path file, String version, List<Entry> entries) throws IOException {
    ByteSink out = new ByteSink();
    out.number(MAGIC);
    out.word(0);
    out.text(version);
    out.number(entries.size());
    for (Entry entry : entries) {
      out.word(entry.stamp().size());
      out.word(entry.stamp().modified());
      out.text(entry.hash());
      FactCodec.write(entry.facts(), out);
    }
    byte[] bytes = out.toBytes();
    long sum = checksum(bytes, 12);
    for (int i = 0; i < 8; i++) {
      bytes[4 + i] = (byte) (sum >>> (8 * i));
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), "facts", ".new");
    try {
      Files.write(fresh, bytes);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static long checksum(byte[] bytes, int from) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, bytes.length - from);
    return crc.getValue();
  }
}
