package dev.flotilla.plan.store;

import dev.flotilla.plan.store.PlanEntry.PhaseEntry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The bytes of the index. A file of another version, or cut off, reads as empty. */
final class IndexCodec {
  /** An entry and the state of the files it was read from. */
  record Row(PlanIndex.Stamp stamp, PlanEntry entry) {}

  /**
   * The whole index.
   *
   * @param writtenAt epoch milliseconds
   */
  record Contents(long writtenAt, Map<String, Row> rows) {}

  private static final int VERSION = 0xF107_0003;

  private IndexCodec() {}

  static byte[] write(Contents contents) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(VERSION);
    out.writeLong(contents.writtenAt());
    out.writeInt(contents.rows().size());
    for (Row row : contents.rows().values()) {
      PlanIndex.Stamp stamp = row.stamp();
      out.writeLong(stamp.planTime());
      out.writeLong(stamp.planSize());
      out.writeLong(stamp.logTime());
      out.writeLong(stamp.logSize());
      plan(out, row.entry());
    }
    return bytes.toByteArray();
  }

  private static void plan(DataOutputStream out, PlanEntry entry) throws IOException {
    text(out, entry.file());
    text(out, entry.id());
    text(out, entry.description());
    text(out, entry.status());
    text(out, entry.created());
    text(out, entry.updated());
    text(out, entry.owner());
    text(out, entry.damage());
    text(out, entry.activeBy());
    out.writeLong(entry.interruptedAt());
    out.writeLong(entry.createdAt());
    out.writeInt(entry.phases().size());
    for (PhaseEntry phase : entry.phases()) {
      out.writeInt(phase.index());
      text(out, phase.title());
      text(out, phase.headline());
      out.writeByte((phase.done() ? 1 : 0) | (phase.ready() ? 2 : 0) | (phase.forced() ? 4 : 0));
      text(out, phase.verdict());
      text(out, phase.claimedBy());
      out.writeLong(phase.claimUntil());
      out.writeInt(phase.ticked());
      out.writeInt(phase.boxes());
    }
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static Contents read(byte[] bytes) {
    Map<String, Row> rows = new HashMap<>();
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    try {
      if (bytes.length < 16 || in.readInt() != VERSION) {
        return new Contents(0, Map.of());
      }
      long writtenAt = in.readLong();
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        PlanIndex.Stamp stamp =
            new PlanIndex.Stamp(in.readLong(), in.readLong(), in.readLong(), in.readLong());
        PlanEntry entry = plan(in);
        rows.put(entry.file(), new Row(stamp, entry));
      }
      return new Contents(writtenAt, rows);
    } catch (IOException | IllegalArgumentException e) {
      return new Contents(0, Map.of());
    }
  }

  private static PlanEntry plan(DataInputStream in) throws IOException {
    return new PlanEntry(
        text(in),
        text(in),
        text(in),
        text(in),
        text(in),
        text(in),
        text(in),
        text(in),
        text(in),
        in.readLong(),
        in.readLong(),
        phases(in));
  }

  private static List<PhaseEntry> phases(DataInputStream in) throws IOException {
    int count = in.readInt();
    List<PhaseEntry> phases = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int index = in.readInt();
      String title = text(in);
      String headline = text(in);
      int flags = in.readByte();
      phases.add(
          new PhaseEntry(
              index,
              title,
              headline,
              (flags & 1) != 0,
              (flags & 2) != 0,
              (flags & 4) != 0,
              text(in),
              text(in),
              in.readLong(),
              in.readInt(),
              in.readInt()));
    }
    return phases;
  }

  private static String text(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("a text of " + length + " bytes in the index");
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }
}
