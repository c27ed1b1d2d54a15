package dev.flotilla.cli.wiring;

import dev.flotilla.bus.Bus;
import dev.flotilla.bus.BusOptions;
import dev.flotilla.bus.Credentials;
import dev.flotilla.bus.NatsBus;
import dev.flotilla.model.BusSettings;
import dev.flotilla.node.BusDoor;
import java.nio.file.Path;
import java.util.Optional;

/** A NATS server that somebody else runs. */
record RemoteDoor(BusSettings settings) implements BusDoor {

  /** With what the credentials file holds, where that fits into a URL. */
  @Override
  public String url() {
    Optional<String> inUrl =
        settings
            .credentialsFile()
            .flatMap(
                file ->
                    switch (Credentials.read(Path.of(file))) {
                      case Credentials.Token(String token) -> Optional.of(token);
                      case Credentials.UserPassword(String user, String password) ->
                          Optional.of(user + ":" + password);
                      case Credentials.NKeySeed _ -> Optional.<String>empty();
                    });
    return inUrl
        .filter(secret -> !settings.url().contains("@"))
        .map(secret -> settings.url().replaceFirst("://", "://" + secret + "@"))
        .orElse(settings.url());
  }

  @Override
  public Bus connect(String name) {
    BusOptions options = BusOptions.of(settings.url(), name);
    return NatsBus.connect(
        settings
            .credentialsFile()
            .map(file -> options.withCredentials(Path.of(file)))
            .orElse(options));
  }

  @Override
  public void close() {}
}
