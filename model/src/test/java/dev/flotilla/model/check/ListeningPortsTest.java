package dev.flotilla.model.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListeningPortsTest {
  private static final String HEADER =
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout"
          + " inode\n";

  @TempDir Path proc;

  @Test
  void findsTheOwnerByTheInodeOfItsSocket() throws Exception {
    Files.createDirectories(proc.resolve("net"));
    Files.writeString(
        proc.resolve("net/tcp"),
        HEADER
            + "   0: 0100007F:1C20 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0"
            + "        0 777 1 0000000000000000 100 0 0 10 0\n"
            + "   1: 0100007F:1C21 0100007F:9999 01 00000000:00000000 00:00000000 00000000     0"
            + "        0 778 1 0000000000000000 100 0 0 10 0\n");
    Files.writeString(
        proc.resolve("net/tcp6"),
        HEADER
            + "   0: 00000000000000000000000000000000:1C22 00000000000000000000000000000000:0000 0A"
            + " 00000000:00000000 00:00000000 00000000     0        0 779 1 0 100 0 0 10 0\n");
    Path descriptors = Files.createDirectories(proc.resolve("4711/fd"));
    Files.createSymbolicLink(descriptors.resolve("3"), Path.of("socket:[777]"));
    Files.createSymbolicLink(descriptors.resolve("4"), Path.of("/dev/null"));
    Files.writeString(proc.resolve("4711/comm"), "python3\n");
    Files.createDirectories(proc.resolve("12"));

    assertThat(new ListeningPorts(proc).holders(Set.of(7200, 7201, 7202)))
        .containsExactly(new PortHolder(7200, 4711, "python3"), new PortHolder(7202, 0, "unknown"));
    assertThat(new ListeningPorts(proc).holders(Set.of(80))).isEmpty();
  }

  @Test
  void findsItselfOnThisMachine() throws Exception {
    assumeThat(Path.of("/proc/net/tcp")).exists();
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(new ListeningPorts(Path.of("/proc")).holders(Set.of(socket.getLocalPort())))
          .singleElement()
          .satisfies(
              holder -> {
                assertThat(holder.pid()).isEqualTo(ProcessHandle.current().pid());
                assertThat(holder.name()).isEqualTo("java");
              });
    }
  }
}
