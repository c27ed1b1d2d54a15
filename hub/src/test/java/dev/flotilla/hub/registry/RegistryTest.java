package dev.flotilla.hub.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.AgentId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RegistryTest {
  private static final Instant T0 = Instant.parse("2026-11-20T12:00:00Z");

  @Test
  void aLeaseHoldsUntilItRunsOut() {
    Registry registry = accepted(Registry.EMPTY.register(registration("A", "pc1", "r1"), T0));
    assertThat(registry.living(T0.plusSeconds(29))).hasSize(1);
    assertThat(registry.living(T0.plusSeconds(30))).isEmpty();
    assertThat(registry.expired(T0.plusSeconds(29))).isEmpty();
    List<Change> gone = registry.expired(T0.plusSeconds(30));
    assertThat(gone).singleElement().isInstanceOf(Change.Expired.class);
    assertThat(registry.after(gone).entries()).isEmpty();
  }

  @Test
  void aRenewalStartsTheLeaseAnew() {
    Registry registry = accepted(Registry.EMPTY.register(registration("A", "pc1", "r1"), T0));
    registry = accepted(registry.renew("a", "r1", T0.plusSeconds(20)));
    assertThat(registry.living(T0.plusSeconds(49))).hasSize(1);
    assertThat(registry.nextExpiry()).contains(T0.plusSeconds(50));
  }

  @Test
  void whoIsNotKnownIsToldToRegisterAgain() {
    assertThat(Registry.EMPTY.renew("A", "r1", T0))
        .isInstanceOfSatisfying(
            Outcome.Unknown.class, u -> assertThat(u.advice()).contains("register again"));
    assertThat(Registry.EMPTY.deregister("A", "r1")).isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  void aNameHeldElsewhereIsRefusedWithBothOwnersNamed() {
    Registry registry =
        accepted(Registry.EMPTY.register(registration("MemoryAgent", "pc1", "r1"), T0));
    Outcome outcome = registry.register(registration("MEMORY_AGENT", "pc2", "r2"), T0);
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Held.class,
            held ->
                assertThat(held.found())
                    .contains("MemoryAgent@pc1", "instance r1", "MEMORY_AGENT@pc2", "instance r2"));
  }

  @Test
  void aNameIsFreeOnceTheHoldersLeaseHasRunOut() {
    Registry registry = accepted(Registry.EMPTY.register(registration("A", "pc1", "r1"), T0));
    registry = accepted(registry.register(registration("A", "pc2", "r2"), T0.plusSeconds(30)));
    assertThat(registry.living(T0.plusSeconds(31)))
        .extracting(e -> e.registration().instance())
        .containsExactly("r2");
  }

  @Test
  void anAgentThatStartedAgainTakesThePlaceOfItsFormerSelf() {
    Registry registry = accepted(Registry.EMPTY.register(registration("A", "pc1", "r1"), T0));
    Outcome.Accepted outcome =
        (Outcome.Accepted) registry.register(registration("A", "pc1", "r2"), T0);
    assertThat(outcome.changes())
        .extracting(Change::kind)
        .containsExactly("replaced", "registered");
    assertThat(outcome.next().entries()).hasSize(1);
  }

  @Test
  void instancesShareANameWhenBothSaySo() {
    Registration one = shared(registration("A", "pc1", "r1"));
    Registration two = shared(registration("A", "pc2", "r2"));
    Registry registry = accepted(Registry.EMPTY.register(one, T0));
    assertThat(registry.register(registration("A", "pc2", "r2"), T0))
        .isInstanceOf(Outcome.Held.class);
    assertThat(accepted(registry.register(two, T0)).living(T0)).hasSize(2);
  }

  @Test
  void twoAgentsOfTheManifestMayBearOneNameOnTwoMachines() {
    Registry registry =
        Registry.EMPTY.withDeclared(Set.of(new AgentId("A", "pc1"), new AgentId("A", "pc2")));
    registry = accepted(registry.register(registration("A", "pc1", "r1"), T0));
    assertThat(registry.register(registration("A", "pc3", "r3"), T0))
        .isInstanceOf(Outcome.Held.class);
    assertThat(accepted(registry.register(registration("A", "pc2", "r2"), T0)).living(T0))
        .hasSize(2);
  }

  @Test
  void registeringTheSameAgainIsARenewalAndTellsNobody() {
    Registration registration = registration("A", "pc1", "r1");
    Registry registry = accepted(Registry.EMPTY.register(registration, T0));
    Outcome.Accepted again = (Outcome.Accepted) registry.register(registration, T0.plusSeconds(10));
    assertThat(again.changes()).isEmpty();
    assertThat(again.entry().expiresAt()).isEqualTo(T0.plusSeconds(40));
  }

  @Test
  void anOwnerWhoseProcessEndedHoldsNothing() {
    Registry registry = accepted(Registry.EMPTY.register(registration("A", "pc1", "r1"), T0));
    List<Change> gone = registry.ownerGone(new AgentId("A", "pc1"), "restarting");
    assertThat(registry.after(gone).entries()).isEmpty();
    assertThat(registry.ownerGone(new AgentId("A", "pc2"), "failed")).isEmpty();
  }

  @Test
  void afterARestartEveryLeaseHasTheGraceAtLeast() {
    Registry before =
        accepted(
            Registry.EMPTY.register(
                withLease(registration("A", "pc1", "r1"), Duration.ofSeconds(2)), T0));
    Instant later = T0.plusSeconds(1000);
    Registry after = Registry.restored(before.entries().values(), later, Duration.ofSeconds(15));
    assertThat(after.living(later.plusSeconds(14))).hasSize(1);
    assertThat(after.living(later.plusSeconds(15))).isEmpty();
  }

  static Registration registration(String name, String machine, String instance) {
    return new Registration(
        name,
        new AgentId(name, machine),
        instance,
        "10.0.0.1",
        Map.of("main", 7140),
        List.of("memory"),
        Map.of(),
        false,
        Registration.DEFAULT_LEASE);
  }

  static Registration shared(Registration r) {
    return new Registration(
        r.name(),
        r.owner(),
        r.instance(),
        r.address(),
        r.ports(),
        r.tags(),
        r.metadata(),
        true,
        r.lease());
  }

  static Registration withLease(Registration r, Duration lease) {
    return new Registration(
        r.name(),
        r.owner(),
        r.instance(),
        r.address(),
        r.ports(),
        r.tags(),
        r.metadata(),
        r.shared(),
        lease);
  }

  static Registry accepted(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
    return ((Outcome.Accepted) outcome).next();
  }
}
