package dev.flotilla.kernel.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Need;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class WireTest {
  enum Colour {
    DARK_RED,
    BLUE
  }

  sealed interface Place {}

  record OnShelf(int row) implements Place {}

  record Lost() implements Place {}

  record Book(
      String title,
      Optional<Integer> year,
      List<String> tags,
      Map<String, Double> prices,
      Colour colour,
      Place place,
      Instant bought,
      Duration loan,
      AgentId owner) {}

  private static final Book BOOK =
      new Book(
          "Ü",
          Optional.empty(),
          List.of("a", "b"),
          Map.of("eur", 1.5),
          Colour.DARK_RED,
          new OnShelf(3),
          Instant.parse("2026-01-02T03:04:05Z"),
          Duration.ofMillis(1500),
          new AgentId("reader", "pc2"));

  @ParameterizedTest
  @EnumSource
  void recordsComeBackAsTheyWere(Encoding encoding) throws IOException {
    assertThat(encoding.readStrictly(encoding.write(BOOK), Book.class)).isEqualTo(BOOK);
    Book lost = Wire.read(Wire.json(BOOK), Book.class);
    assertThat(lost).isEqualTo(BOOK);
  }

  @Test
  void oneRuleForNames() {
    JsonNode json = Wire.tree(BOOK);
    assertThat(json.path("colour").asText()).isEqualTo("dark-red");
    assertThat(json.path("place").path("type").asText()).isEqualTo("on-shelf");
    assertThat(json.has("year")).isFalse();
    assertThat(json.path("loan").asText()).isEqualTo("1.5");
    assertThat(json.path("owner").asText()).isEqualTo("reader@pc2");
    assertThat(Wire.text(new Need.LogLine("up"))).contains("\"type\":\"log\"");
    assertThat(Wire.text(new Lost())).isEqualTo("{\"type\":\"lost\"}");
  }

  record Small(String name, Optional<String> note, List<String> tags, Map<String, String> more) {}

  @Test
  void whatHasAnEmptyValueMayBeMissingAndTheRestMayNot() {
    assertThat(small("{\"name\":\"x\"}"))
        .isEqualTo(new Small("x", Optional.empty(), List.of(), Map.of()));
    assertThat(small("{\"name\":\"x\",\"tags\":null,\"note\":null,\"unknown\":1}"))
        .isEqualTo(new Small("x", Optional.empty(), List.of(), Map.of()));
    for (String wrong :
        List.of("{}", "{\"name\":null}", "{\"name\":5}", "[]", "", "{\"name\":\"x\"} x")) {
      assertThatThrownBy(() -> small(wrong)).as(wrong).isInstanceOf(UncheckedIOException.class);
    }
  }

  private static Small small(String json) {
    return Wire.read(json.getBytes(StandardCharsets.UTF_8), Small.class);
  }

  @SuppressWarnings("ArrayRecordComponent")
  record Numbers(long big, int small, double fraction, byte[] data) {}

  @Test
  void messagePackKeepsNumbersAndBytes() throws IOException {
    Numbers numbers = new Numbers(Long.MIN_VALUE, Integer.MAX_VALUE, 0.1, new byte[] {0, -1, 5});
    byte[] packed = Encoding.MESSAGE_PACK.write(numbers);
    Numbers back = Encoding.MESSAGE_PACK.read(packed, Numbers.class);
    assertThat(back).usingRecursiveComparison().isEqualTo(numbers);
    assertThat(packed.length).isLessThan(Encoding.JSON.write(numbers).length);
  }

  @Test
  void garbledMessagePackIsRefusedAndNeverTakesMuchMemory() {
    byte[] packed = Encoding.MESSAGE_PACK.write(BOOK);
    Random random = new Random(7);
    for (int round = 0; round < 5_000; round++) {
      byte[] garbled = packed.clone();
      int changes = 1 + random.nextInt(3);
      for (int change = 0; change < changes; change++) {
        garbled[random.nextInt(garbled.length)] = (byte) random.nextInt();
      }
      try {
        Encoding.MESSAGE_PACK.read(garbled, Book.class);
      } catch (IOException e) {
        assertThat(e).isNotNull();
      }
    }
    byte[] huge = {(byte) 0xdd, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff};
    assertThatThrownBy(() -> Encoding.MESSAGE_PACK.read(huge, JsonNode.class))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("announces");
    byte[] deep = new byte[5000];
    java.util.Arrays.fill(deep, (byte) 0x91);
    assertThatThrownBy(() -> Encoding.MESSAGE_PACK.read(deep, JsonNode.class))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nested");
  }

  @Test
  void contentTypesNameEncodings() {
    assertThat(Encoding.of("application/json; charset=utf-8")).contains(Encoding.JSON);
    assertThat(Encoding.of("Application/MsgPack")).contains(Encoding.MESSAGE_PACK);
    assertThat(Encoding.of("application/x-msgpack")).contains(Encoding.MESSAGE_PACK);
    assertThat(Encoding.of("text/plain")).isEmpty();
  }
}
