package dev.flotilla.node;

import dev.flotilla.bus.Bus;
import dev.flotilla.bus.BusOptions;
import dev.flotilla.bus.NatsBus;
import dev.flotilla.model.BusSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A NATS server that the manifest names. */
final class ServerDoor implements BusDoor {
  private final BusSettings settings;
  private final String url;

  ServerDoor(BusSettings settings) throws IOException {
    this.settings = settings;
    this.url = withCredentials(settings);
  }

  /** Agents get token or user and password in the URL; an nkey seed cannot be written so. */
  private static String withCredentials(BusSettings settings) throws IOException {
    if (settings.credentialsFile().isEmpty() || settings.url().contains("@")) {
      return settings.url();
    }
    String secret = Files.readString(Path.of(settings.credentialsFile().get())).strip();
    return secret.matches("SU[A-Z2-7]{56}")
        ? settings.url()
        : settings.url().replaceFirst("://", "://" + secret + "@");
  }

  @Override
  public String url() {
    return url;
  }

  @Override
  public Bus connect(String name) {
    BusOptions options = BusOptions.of(settings.url(), name);
    return NatsBus.connect(
        settings.credentialsFile().map(Path::of).map(options::withCredentials).orElse(options));
  }

  @Override
  public void close() {}
}
