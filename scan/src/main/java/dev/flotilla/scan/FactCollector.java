package dev.flotilla.scan;

import dev.flotilla.scan.facts.FileFacts;
import dev.flotilla.scan.facts.FileFacts.Language;
import dev.flotilla.scan.read.FileReader;
import dev.flotilla.scan.store.FactCache;
import dev.flotilla.scan.store.RuleSetVersion;
import dev.flotilla.scan.tree.SourceTree;
import dev.flotilla.scan.tree.SourceTree.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Reads the files of a tree in parallel, those that did not change from the cache. */
final class FactCollector {
  private static final long STACK = 512L << 20;
  private static final long SETTLED = 2_000_000_000L;

  private final Path root;
  private final FactCache cache;
  private final List<SourceFile> files;
  private final AtomicReferenceArray<FactCache.Entry> entries;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger fresh = new AtomicInteger();
  private final long now;

  private FactCollector(Path root, FactCache cache, List<SourceFile> files, long now) {
    this.root = root;
    this.cache = cache;
    this.files = files;
    this.entries = new AtomicReferenceArray<>(files.size());
    this.now = now;
  }

  /**
   * What was read.
   *
   * @param facts sorted by path
   * @param fresh how many files were read anew
   */
  record Collected(List<FileFacts> facts, int fresh) {}

  static Collected collect(ScanRequest request, SourceTree tree, FactCache cache)
      throws IOException, InterruptedException {
    List<SourceFile> files =
        tree.files().stream().filter(f -> FileReader.language(f.path()) != Language.OTHER).toList();
    long now = System.currentTimeMillis() * 1_000_000L;
    FactCollector collector = new FactCollector(request.root(), cache, files, now);
    collector.run(request.threads());
    List<FactCache.Entry> all = new ArrayList<>(files.size());
    List<FileFacts> facts = new ArrayList<>(files.size());
    for (int i = 0; i < files.size(); i++) {
      FactCache.Entry entry = collector.entries.get(i);
      all.add(entry);
      facts.add(entry.facts());
    }
    boolean changed = collector.fresh.get() > 0 || cache.size() != files.size();
    Optional<Path> file = request.cache();
    if (changed && file.isPresent()) {
      FactCache.save(file.get(), RuleSetVersion.current(), all);
    }
    return new Collected(facts, collector.fresh.get());
  }

  private void run(int threads) throws InterruptedException {
    boolean unchanged = true;
    for (int i = 0; i < files.size(); i++) {
      Optional<FactCache.Entry> known = known(files.get(i));
      if (known.isPresent()) {
        entries.set(i, known.get());
      } else {
        unchanged = false;
      }
    }
    if (unchanged) {
      return;
    }
    List<Thread> pool = new ArrayList<>();
    for (int i = 0; i < Math.max(1, threads); i++) {
      Thread thread = new Thread(null, this::work, "scan-" + i, STACK);
      thread.start();
      pool.add(thread);
    }
    for (Thread thread : pool) {
      thread.join();
    }
  }

  private void work() {
    for (int i = next.getAndIncrement(); i < files.size(); i = next.getAndIncrement()) {
      if (entries.get(i) == null) {
        entries.set(i, read(files.get(i)));
      }
    }
  }

  private Optional<FactCache.Entry> known(SourceFile file) {
    return cache
        .of(file.path())
        .filter(
            entry ->
                entry.stamp().modified() != 0
                    && entry.stamp().equals(new FactCache.Stamp(file.size(), file.modified())));
  }

  private FactCache.Entry read(SourceFile file) {
    boolean settled = now - file.modified() > SETTLED;
    FactCache.Stamp stamp = new FactCache.Stamp(file.size(), settled ? file.modified() : 0);
    if (file.size() > FileReader.LARGEST) {
      fresh.incrementAndGet();
      String why = "has " + (file.size() >> 20) + " MiB; files over 8 MiB are not read";
      return new FactCache.Entry(stamp, "", FileReader.unreadable(file.path(), why));
    }
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(root.resolve(file.path()));
    } catch (IOException e) {
      fresh.incrementAndGet();
      FileFacts facts = FileReader.unreadable(file.path(), "cannot be opened");
      return new FactCache.Entry(new FactCache.Stamp(file.size(), 0), "", facts);
    }
    String hash = hash(bytes);
    Optional<FactCache.Entry> known =
        cache.of(file.path()).filter(entry -> entry.hash().equals(hash));
    if (known.isPresent()) {
      return new FactCache.Entry(stamp, hash, known.get().facts());
    }
    fresh.incrementAndGet();
    return new FactCache.Entry(stamp, hash, FileReader.read(file.path(), bytes));
  }

  private static String hash(byte[] bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(bytes), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
