package dev.flotilla.model.manifest;

import dev.flotilla.model.Listen;
import dev.flotilla.model.Problems;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code listen}: beyond loopback nothing is served without token and TLS. */
final class ListenReader {
  private static final List<String> FILES = List.of("token", "certificate", "key");
  private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "::", "[::]", "*");

  private final Path folder;
  private final Problems problems;

  ListenReader(Path folder, Problems problems) {
    this.folder = folder;
    this.problems = problems;
  }

  Optional<Listen> read(Fields agent) {
    Optional<Fields> section = agent.section("listen");
    Optional<String> host = section.flatMap(fields -> fields.text("host"));
    if (section.isEmpty()) {
      return Optional.empty();
    }
    Fields fields = section.get();
    if (host.isEmpty()) {
      problems.error(
          fields.mapping().where(),
          "listen without host",
          "an address of the machine, such as 192.168.1.5",
          "write host:, or remove listen to stay on 127.0.0.1");
      return Optional.empty();
    }
    if (EVERYWHERE.contains(host.get())) {
      problems.error(
          fields.where("host"),
          "every address of the machine",
          "one address of the machine, such as 192.168.1.5",
          "name the address others reach it by; 127.0.0.1 is always listened on");
    }
    List<String> missing = FILES.stream().filter(key -> fields.text(key).isEmpty()).toList();
    if (!missing.isEmpty()) {
      problems.error(
          fields.mapping().where(),
          "listen on " + host.get() + " without " + String.join(", ", missing),
          "token, certificate and key, since it is beyond this machine",
          "name the files, or remove listen to stay on 127.0.0.1");
      return Optional.empty();
    }
    return Optional.of(
        new Listen(
            host.get(), file(fields, "token"), file(fields, "certificate"), file(fields, "key")));
  }

  private String file(Fields fields, String key) {
    return folder.resolve(fields.text(key).orElse("")).normalize().toString();
  }
}
