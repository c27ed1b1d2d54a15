package dev.flotilla.hub.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.kernel.fleet.ServiceName;
import dev.flotilla.model.AgentId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens in whatever order, a name has one living owner unless its holders share it. */
class RegistryPropertyTest {
  private static final List<String> SPELLINGS = List.of("MEMORY_AGENT", "MemoryAgent", "tts-1");
  private static final List<String> MACHINES = List.of("pc1", "pc2", "pc3");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void holdsForRandomHistories(long seed) {
    Random random = new Random(seed);
    Registry registry = Registry.EMPTY;
    Instant now = Instant.EPOCH;
    for (int step = 0; step < 2_000; step++) {
      now = now.plusMillis(random.nextInt(1500));
      registry = step(registry, random, now);
      onlySharersShare(registry.living(now));
    }
  }

  private static Registry step(Registry registry, Random random, Instant now) {
    String name = SPELLINGS.get(random.nextInt(SPELLINGS.size()));
    String instance = "r" + random.nextInt(6);
    Outcome outcome =
        switch (random.nextInt(5)) {
          case 0, 1 -> registry.register(random(random, name, instance), now);
          case 2 -> registry.renew(name, instance, now);
          case 3 -> registry.deregister(name, instance);
          default -> {
            Registry swept = registry.after(registry.expired(now));
            assertThat(swept.entries()).hasSameSizeAs(registry.living(now));
            yield new Outcome.Unknown("", "", "");
          }
        };
    return outcome instanceof Outcome.Accepted a ? a.next() : registry;
  }

  private static Registration random(Random random, String name, String instance) {
    String machine = MACHINES.get(random.nextInt(MACHINES.size()));
    return new Registration(
        name,
        new AgentId(name, machine),
        instance + machine,
        machine,
        Map.of("main", 1 + random.nextInt(65_535)),
        List.of(),
        Map.of(),
        random.nextInt(3) == 0,
        Duration.ofSeconds(1 + random.nextInt(20)));
  }

  private static void onlySharersShare(List<Entry> living) {
    Map<ServiceName, List<Registration>> byName =
        living.stream()
            .map(Entry::registration)
            .collect(Collectors.groupingBy(Registration::serviceName));
    byName
        .values()
        .forEach(
            holders ->
                assertThat(holders.size() == 1 || holders.stream().allMatch(Registration::shared))
                    .as("holders %s", holders)
                    .isTrue());
  }
}
