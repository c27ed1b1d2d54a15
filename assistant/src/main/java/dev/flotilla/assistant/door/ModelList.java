package dev.flotilla.assistant.door;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.kernel.http.HttpRequest;
import dev.flotilla.kernel.http.HttpResponse;
import dev.flotilla.kernel.http.Routes;
import java.util.function.Supplier;

/** What a request may name as its model, as OpenAI's API lists it. Thread-safe. */
final class ModelList {
  private static final String PATH = "/v1/models";

  private final Supplier<Routing> routing;

  ModelList(Supplier<Routing> routing) {
    this.routing = routing;
  }

  void routes(Routes routes) {
    routes.get(PATH, request -> all()).get(PATH + "/*", this::one);
  }

  private HttpResponse all() {
    ObjectNode list = JsonNodeFactory.instance.objectNode().put("object", "list");
    ArrayNode data = list.putArray("data");
    routing.get().table().models().forEach(name -> data.add(model(name)));
    return HttpResponse.json(list);
  }

  private HttpResponse one(HttpRequest request) {
    String name = request.path().substring(PATH.length() + 1);
    RoutingTable table = routing.get().table();
    return table.models().contains(name) || table.isTarget(name)
        ? HttpResponse.json(model(name))
        : ApiErrors.unknownModel(name, table.models()).response();
  }

  private static ObjectNode model(String name) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", name)
        .put("object", "model")
        .put("created", 0)
        .put("owned_by", "flotilla");
  }
}
