package dev.flotilla.bus.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.NKey;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class NKeysTest {
  @Test
  void verifiesWhatAnotherImplementationSigned() throws Exception {
    for (int i = 0; i < 20; i++) {
      NKey key = NKey.createUser(new SecureRandom());
      String publicKey = new String(key.getPublicKey());
      byte[] signed = key.sign("nonce".getBytes(StandardCharsets.US_ASCII));
      String url = Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
      assertThat(NKeys.verify(publicKey, "nonce", url)).isTrue();
      assertThat(NKeys.verify(publicKey, "nonce", Base64.getEncoder().encodeToString(signed)))
          .isTrue();
      assertThat(NKeys.verify(publicKey, "other", url)).isFalse();
      signed[3] ^= 1;
      assertThat(NKeys.verify(publicKey, "nonce", Base64.getUrlEncoder().encodeToString(signed)))
          .isFalse();
    }
  }

  @Test
  void takesOnlyUserKeysWithTheirChecksum() throws Exception {
    String user = new String(NKey.createUser(new SecureRandom()).getPublicKey());
    assertThat(NKeys.userKey(user)).isPresent();
    assertThat(NKeys.userKey(new String(NKey.createAccount(new SecureRandom()).getPublicKey())))
        .isEmpty();
    char other = user.charAt(20) == 'A' ? 'B' : 'A';
    assertThat(NKeys.userKey(user.substring(0, 20) + other + user.substring(21))).isEmpty();
    assertThat(NKeys.userKey("")).isEmpty();
    assertThat(NKeys.userKey("U1")).isEmpty();
    assertThat(NKeys.verify(user, "nonce", "!!!")).isFalse();
  }
}
