package dev.flotilla.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.scan.topology.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Addresses in f-strings as a real monorepo of agents has them: drawn at random, read by hand, told
 * again in small files of our own. A number is right when the program would use it without further
 * configuration; {@code unresolved} is right where only the caller or a loop knows.
 */
class AddressTableTest {
  @TempDir Path folder;

  private record Case(String expected, String code) {}

  @Test
  void nearlyEveryAddressIsRight() throws Exception {
    List<Case> cases = cases();
    for (int i = 0; i < cases.size(); i++) {
      Monorepo.file(folder, "case" + i + "/agent.py", cases.get(i).code() + "\n");
    }
    List<Endpoint> endpoints = Scan.run(ScanRequest.of(folder)).topology().endpoints();
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      String file = "case" + i + "/agent.py";
      List<Endpoint> own = endpoints.stream().filter(e -> e.file().equals(file)).toList();
      String found = own.isEmpty() ? "nothing" : told(own.getLast());
      if (!found.equals(cases.get(i).expected())) {
        wrong.add(cases.get(i).expected() + " but " + found + ":\n" + cases.get(i).code());
      }
    }
    assertThat(cases).hasSize(100);
    assertThat(wrong).as("wrong of 100").isEmpty();
  }

  private static String told(Endpoint endpoint) {
    String host = endpoint.host().contains("«") ? "?" : endpoint.host();
    return host + " " + endpoint.portText();
  }

  private static List<Case> cases() throws IOException {
    try (InputStream in = AddressTableTest.class.getResourceAsStream("/addresses/table.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      List<Case> cases = new ArrayList<>();
      for (String block : text.split("(?m)^=== ", -1)) {
        if (!block.isBlank()) {
          int end = block.indexOf('\n');
          cases.add(new Case(block.substring(0, end), block.substring(end + 1).strip()));
        }
      }
      return cases;
    }
  }
}
