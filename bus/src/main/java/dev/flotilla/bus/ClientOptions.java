package dev.flotilla.bus;

import io.nats.client.AuthHandler;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Consumer;
import io.nats.client.ErrorListener;
import io.nats.client.NKey;
import io.nats.client.Options;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Our options in the words of jnats. */
final class ClientOptions {
  private static final Logger LOG = LoggerFactory.getLogger(NatsBus.class);

  /** jnats would take an nkey seed for a token and send it. */
  private static final Pattern SEED_IN_URL = Pattern.compile("(.*://)(SU[A-Z2-7]{56})@(.*)");

  private ClientOptions() {}

  static Options of(BusOptions options, ExecutorService threads, ConnectionListener listener) {
    Matcher seed = SEED_IN_URL.matcher(options.url());
    Options.Builder builder =
        new Options.Builder()
            .server(seed.matches() ? seed.group(1) + seed.group(3) : options.url())
            .connectionName(options.clientName())
            .connectionTimeout(options.connectTimeout())
            .maxReconnects(-1)
            .reconnectWait(options.reconnectWait())
            .reconnectJitter(options.reconnectWait())
            .pingInterval(Duration.ofSeconds(20))
            .noRandomize()
            .ignoreDiscoveredServers()
            .reportNoResponders()
            .executor(threads)
            .connectionListener(listener)
            .errorListener(new LoggingErrors(options.shownUrl()));
    options.tls().ifPresent(builder::sslContext);
    if (seed.matches()) {
      apply(Credentials.parse(seed.group(2)), builder);
    } else if (!options.url().contains("@")) {
      options.credentialsFile().map(Credentials::read).ifPresent(c -> apply(c, builder));
    }
    return builder.build();
  }

  private static void apply(Credentials credentials, Options.Builder builder) {
    switch (credentials) {
      case Credentials.Token(String token) -> builder.token(token.toCharArray());
      case Credentials.UserPassword(String user, String password) ->
          builder.userInfo(user.toCharArray(), password.toCharArray());
      case Credentials.NKeySeed(String seed) ->
          builder.authHandler(new SeedAuth(NKey.fromSeed(seed.toCharArray())));
    }
  }

  private record SeedAuth(NKey key) implements AuthHandler {
    @Override
    public byte[] sign(byte[] nonce) {
      try {
        return key.sign(nonce);
      } catch (GeneralSecurityException | IOException e) {
        throw new IllegalStateException("cannot sign the bus's challenge", e);
      }
    }

    @Override
    public char[] getID() {
      try {
        return key.getPublicKey();
      } catch (GeneralSecurityException | IOException e) {
        throw new IllegalStateException("cannot derive the public nkey", e);
      }
    }

    @Override
    public char[] getJWT() {
      return new char[0];
    }
  }

  private record LoggingErrors(String shownUrl) implements ErrorListener {
    @Override
    public void errorOccurred(Connection connection, String error) {
      LOG.warn("the bus at {} says: {}", shownUrl, error);
    }

    @Override
    public void exceptionOccurred(Connection connection, Exception exception) {
      LOG.debug("bus at {}", shownUrl, exception);
    }

    @Override
    public void slowConsumerDetected(Connection connection, Consumer consumer) {
      LOG.warn("a handler of messages from {} is too slow", shownUrl);
    }
  }
}
