package dev.flotilla.bench.scan;

import dev.flotilla.scan.Scan;
import dev.flotilla.scan.ScanRequest;
import dev.flotilla.scan.topology.Endpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How many addresses the scan knows the port of.
 *
 * @param written lines that bind or connect to an f-string
 * @param seen of them a socket to the scan; others stand in texts or are no sockets
 * @param resolved of them with a number, or a configuration to take it from
 */
record Sockets(int written, int seen, int resolved) {
  private static final Pattern ADDRESS =
      Pattern.compile("\\.(?:bind|connect)\\(\\s*[rR]?[fF][rR]?[\"']");

  static Sockets of(Path root, List<String> files) throws IOException, InterruptedException {
    Set<String> seen = new HashSet<>();
    Set<String> resolved = new HashSet<>();
    for (Endpoint endpoint : Scan.run(ScanRequest.of(root)).topology().endpoints()) {
      String place = endpoint.file() + ":" + endpoint.line();
      seen.add(place);
      if (endpoint.resolved()) {
        resolved.add(place);
      }
    }
    int written = 0;
    int known = 0;
    int told = 0;
    for (String file : files) {
      byte[] bytes = Files.readAllBytes(root.resolve(file));
      String text = new String(bytes, StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
      List<String> lines = text.lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        if (ADDRESS.matcher(lines.get(i)).find()) {
          String place = file + ":" + (i + 1);
          written++;
          known += seen.contains(place) ? 1 : 0;
          told += resolved.contains(place) ? 1 : 0;
        }
      }
    }
    return new Sockets(written, known, told);
  }
}
