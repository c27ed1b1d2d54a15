package dev.flotilla.node;

import dev.flotilla.bus.Bus;
import dev.flotilla.bus.BusOptions;
import dev.flotilla.bus.NatsBus;
import dev.flotilla.bus.SecretFile;
import dev.flotilla.model.BusSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;

/** A NATS server that the manifest names. */
final class ServerDoor implements BusDoor {
  private final BusSettings settings;
  private final String url;

  ServerDoor(BusSettings settings) throws IOException {
    this.settings = settings;
    this.url = withCredentials(settings);
  }

  /** Agents get token, user and password, or nkey seed in the URL. */
  private static String withCredentials(BusSettings settings) throws IOException {
    if (settings.credentialsFile().isEmpty() || settings.url().contains("@")) {
      return settings.url();
    }
    String secret = SecretFile.read(Path.of(settings.credentialsFile().get()));
    return settings.url().replaceFirst("://", "://" + Matcher.quoteReplacement(secret) + "@");
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
