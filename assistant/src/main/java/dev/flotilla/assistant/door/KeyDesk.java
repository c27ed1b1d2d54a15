package dev.flotilla.assistant.door;

import dev.flotilla.assistant.door.api.ApiException;
import dev.flotilla.assistant.door.keys.Key;
import dev.flotilla.assistant.door.keys.KeyStore;
import dev.flotilla.assistant.door.keys.Ledger;
import dev.flotilla.assistant.upstream.Call;
import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.kernel.failure.OperationException;
import dev.flotilla.kernel.http.HttpRequest;
import dev.flotilla.kernel.http.HttpResponse;
import dev.flotilla.kernel.http.Routes;
import dev.flotilla.kernel.wire.Wire;
import dev.flotilla.model.shape.Nearest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes, lists and revokes keys, for the fleet's owner alone. Thread-safe. */
final class KeyDesk {
  private static final Logger log = LoggerFactory.getLogger(KeyDesk.class);

  private final KeyStore keys;
  private final Ledger ledger;
  private final Visitor visitor;

  KeyDesk(KeyStore keys, Ledger ledger, Visitor visitor) {
    this.keys = keys;
    this.ledger = ledger;
    this.visitor = visitor;
  }

  /** What a new key is to be. */
  record Wanted(
      String name,
      List<String> operations,
      List<String> models,
      Optional<Long> tokens,
      Optional<Long> tokensADay,
      Optional<Double> money,
      Optional<Double> moneyADay,
      Optional<Integer> requestsAMinute,
      Optional<Integer> tokensAMinute) {
    private static final List<String> OPERATIONS =
        Arrays.stream(Call.Kind.values()).map(k -> k.name().toLowerCase(Locale.ROOT)).toList();

    /**
     * @throws OperationException for a key that nobody could use
     */
    void check() {
      for (String operation : operations) {
        if (!OPERATIONS.contains(operation)) {
          throw wrong(
              "operations",
              operation,
              "one of " + String.join(", ", OPERATIONS),
              Nearest.to(operation, OPERATIONS)
                  .map(near -> "Did you mean " + near + "?")
                  .orElse("Leave it out for all."));
        }
      }
      positive("tokens", tokens);
      positive("tokensADay", tokensADay);
      positive("money", money);
      positive("moneyADay", moneyADay);
      positive("requestsAMinute", requestsAMinute);
      positive("tokensAMinute", tokensAMinute);
    }

    private static void positive(String name, Optional<? extends Number> value) {
      if (value.isPresent() && !(value.get().doubleValue() > 0)) {
        throw wrong(name, value.get().toString(), "more than 0", "Leave it out to set no limit.");
      }
    }

    private static OperationException wrong(
        String field, String found, String expected, String advice) {
      return Failure.badRequest(field, found, expected, advice).exception();
    }
  }

  /** A key as it is shown. */
  record Shown(
      String name,
      Instant created,
      List<String> operations,
      List<String> models,
      Key.Allowance allowance,
      Ledger.Standing used) {}

  void routes(Routes routes) {
    routes
        .get("/keys", request -> owned(request, this::list))
        .post("/keys", request -> owned(request, () -> create(request)))
        .post("/keys/{name}/rotate", request -> owned(request, () -> rotate(request)))
        .delete("/keys/{name}", request -> owned(request, () -> revoke(request)));
  }

  private interface Action {
    HttpResponse run() throws IOException;
  }

  private HttpResponse owned(HttpRequest request, Action action) {
    try {
      if (visitor.of(request).name().equals(KeyStore.OWNER)) {
        return action.run();
      }
    } catch (ApiException e) {
      return e.error().response();
    } catch (IOException e) {
      log.error("Keys cannot be written down: {}", e.getMessage());
      return HttpResponse.failure(
          Failure.of(
              Failure.Kind.UNAVAILABLE,
              "keys cannot be written down (" + e.getMessage() + ")",
              "a state folder with room",
              "Make room on its disk and try again; no key was changed."));
    }
    return HttpResponse.failure(
        Failure.of(
            Failure.Kind.FORBIDDEN,
            "a request without the owner's key",
            "Authorization: Bearer and what stands in door/owner.key of the fleet's state folder",
            "Use flotilla key, which knows it."));
  }

  private HttpResponse list() {
    return HttpResponse.json(Map.of("keys", keys.all().stream().map(this::shown).toList()));
  }

  private Shown shown(Key key) {
    return new Shown(
        key.name(),
        key.created(),
        key.operations(),
        key.models(),
        key.allowance(),
        ledger.standing(key.name()));
  }

  private HttpResponse create(HttpRequest request) throws IOException {
    Wanted wanted;
    try {
      wanted = Wire.read(request.body(), Wanted.class);
    } catch (UncheckedIOException e) {
      throw Failure.badRequest(
              "body", "what is no key", "an object with at least name", "See docs/ask.md.")
          .exception();
    }
    wanted.check();
    if (!wanted.name().matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
      throw Failure.badRequest(
              "name",
              "\"" + wanted.name() + "\"",
              "1 to 64 letters, digits, . _ and -",
              "Name who or what will use it.")
          .exception();
    }
    try {
      KeyStore.Created made =
          keys.create(
              wanted.name(),
              wanted.operations(),
              wanted.models(),
              new Key.Allowance(
                  wanted.tokens(),
                  wanted.tokensADay(),
                  wanted.money(),
                  wanted.moneyADay(),
                  wanted.requestsAMinute(),
                  wanted.tokensAMinute()));
      return secret(made);
    } catch (IllegalArgumentException e) {
      throw Failure.conflict(
              String.valueOf(e.getMessage()), "a name of its own", "Choose another, or revoke it.")
          .exception();
    }
  }

  private HttpResponse rotate(HttpRequest request) throws IOException {
    String name = request.parameter("name");
    return secret(keys.rotate(name).orElseThrow(() -> unknown(name).exception()));
  }

  private static HttpResponse secret(KeyStore.Created made) {
    return HttpResponse.json(Map.of("name", made.key().name(), "secret", made.secret()))
        .header("Cache-Control", "no-store");
  }

  private Failure unknown(String name) {
    List<String> names = keys.all().stream().map(Key::name).toList();
    return Failure.notFound(
        "no key " + name,
        "one of /keys",
        Nearest.to(name, names)
            .map(near -> "Did you mean " + near + "?")
            .orElse("See flotilla key list."));
  }

  private HttpResponse revoke(HttpRequest request) throws IOException {
    if (!keys.revoke(request.parameter("name"))) {
      throw unknown(request.parameter("name")).exception();
    }
    return HttpResponse.json(Map.of("revoked", request.parameter("name")));
  }
}
