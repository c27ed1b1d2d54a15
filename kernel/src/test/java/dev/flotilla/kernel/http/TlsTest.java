package dev.flotilla.kernel.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.kernel.Service;
import dev.flotilla.kernel.ServiceFactory;
import dev.flotilla.kernel.testing.TestHost;
import dev.flotilla.model.Listen;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
final class TlsTest {
  private static final String PASSWORD = "changeit";

  @TempDir Path folder;

  @Test
  void beyondLoopbackItAnswersWithATokenOverTlsOnly() throws Exception {
    KeyStore store = selfSigned("EC");
    HttpSettings settings =
        new HttpSettings("0.0.0.0", 0, Optional.of("s3cret"), Optional.of(pem(store)), 1000);
    Routes routes = new Routes().get("/who", request -> HttpResponse.json(Map.of("who", "me")));
    try (HttpListener listener = HttpListener.start(settings, routes);
        HttpClient client = HttpClient.newBuilder().sslContext(trusting(store)).build();
        HttpClient stranger = HttpClient.newHttpClient()) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + listener.port() + "/who"));
      assertThat(client.send(request.build(), BodyHandlers.discarding()).statusCode())
          .isEqualTo(401);
      HttpRequest authorised = request.header("Authorization", "Bearer s3cret").build();
      assertThat(client.send(authorised, BodyHandlers.ofString()).body())
          .isEqualTo("{\"who\":\"me\"}");
      assertThatThrownBy(() -> stranger.send(authorised, BodyHandlers.discarding()))
          .isInstanceOf(javax.net.ssl.SSLHandshakeException.class);
    }
  }

  @Test
  void whoIsKnownUnderAPathNeedsNoToken() throws Exception {
    KeyStore store = selfSigned("EC");
    HttpSettings settings =
        new HttpSettings("0.0.0.0", 0, Optional.of("s3cret"), Optional.of(pem(store)), 1000);
    Routes routes =
        new Routes()
            .admit("/v1/", r -> r.header("authorization").filter("Bearer key"::equals).isPresent())
            .get("/v1/models", request -> HttpResponse.json(Map.of()))
            .get("/who", request -> HttpResponse.json(Map.of()));
    try (HttpListener listener = HttpListener.start(settings, routes);
        HttpClient client = HttpClient.newBuilder().sslContext(trusting(store)).build()) {
      String here = "https://127.0.0.1:" + listener.port();
      HttpRequest.Builder models = HttpRequest.newBuilder(URI.create(here + "/v1/models"));
      HttpRequest.Builder who = HttpRequest.newBuilder(URI.create(here + "/who"));
      assertThat(status(client, models.copy().header("Authorization", "Bearer key")))
          .isEqualTo(200);
      assertThat(status(client, models.copy().header("Authorization", "Bearer s3cret")))
          .isEqualTo(200);
      assertThat(status(client, models.copy().header("Authorization", "Bearer other")))
          .isEqualTo(401);
      assertThat(status(client, who.header("Authorization", "Bearer key"))).isEqualTo(401);
    }
  }

  @Test
  void aServiceListensOnLoopbackAndWithATokenWhereTheManifestSays() throws Exception {
    KeyStore store = selfSigned("EC");
    HttpSettings.Tls tls = pem(store);
    Path token = Files.writeString(folder.resolve("token"), "s3cret\n");
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    Listen listen =
        new Listen(
            "127.0.0.2", token.toString(), tls.certificates().toString(), tls.key().toString());
    ServiceFactory<?> factory = ServiceFactory.of("Quiet", (none, context) -> new Service() {});
    try (TestHost host = TestHost.start(factory, folder, Map.of(), Optional.of(listen));
        HttpClient client = HttpClient.newBuilder().sslContext(trusting(store)).build()) {
      URI here = URI.create("http://127.0.0.1:" + host.port() + "/metrics");
      URI beyond = URI.create("https://127.0.0.2:" + host.port() + "/metrics");
      assertThat(status(client, HttpRequest.newBuilder(here))).isEqualTo(200);
      var refused = client.send(HttpRequest.newBuilder(beyond).build(), BodyHandlers.ofString());
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Basic");
      String browser = Base64.getEncoder().encodeToString("anybody:s3cret".getBytes(UTF_8));
      assertThat(
              status(
                  client,
                  HttpRequest.newBuilder(beyond).header("Authorization", "Basic " + browser)))
          .isEqualTo(200);
    }
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> TestHost.start(factory, folder, Map.of(), Optional.of(listen)).close())
        .hasMessageContaining("rw-r--r--")
        .hasMessageContaining("chmod 600");
  }

  private static int status(HttpClient client, HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  @Test
  void aKeyThatIsNoneIsNamed() throws Exception {
    HttpSettings.Tls tls = pem(selfSigned("RSA"));
    Files.writeString(tls.key(), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    HttpSettings settings =
        new HttpSettings("0.0.0.0", 0, Optional.of("t"), Optional.of(tls), 1000);
    assertThatThrownBy(() -> HttpListener.start(settings, new Routes()))
        .isInstanceOf(java.io.IOException.class)
        .hasMessageContaining("chain.pem")
        .hasMessageContaining("PKCS 8");
  }

  private KeyStore selfSigned(String algorithm) throws Exception {
    Path file = folder.resolve(algorithm + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "listener",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1,ip:127.0.0.2",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  private HttpSettings.Tls pem(KeyStore store) throws Exception {
    Path chain = folder.resolve("chain.pem");
    Path key = folder.resolve("key.pem");
    Files.writeString(chain, pem("CERTIFICATE", store.getCertificate("listener").getEncoded()));
    Files.writeString(
        key, pem("PRIVATE KEY", store.getKey("listener", PASSWORD.toCharArray()).getEncoded()));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    return new HttpSettings.Tls(chain, key);
  }

  private static String pem(String kind, byte[] der) {
    return "-----BEGIN "
        + kind
        + "-----\n"
        + Base64.getMimeEncoder().encodeToString(der)
        + "\n-----END "
        + kind
        + "-----\n";
  }

  private static SSLContext trusting(KeyStore store) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("listener", store.getCertificate("listener"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
