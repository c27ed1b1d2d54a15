package dev.flotilla.assistant.door;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.assistant.door.keys.Key;
import dev.flotilla.kernel.http.HttpRequest;
import dev.flotilla.kernel.http.HttpResponse;
import dev.flotilla.kernel.http.Routes;
import java.util.List;
import java.util.function.Supplier;

/** What a request may name as its model, as OpenAI's API lists it. Thread-safe. */
final class ModelList {
  private static final String PATH = "/v1/models";

  private final Supplier<Routing> routing;
  private final Visitor visitor;

  ModelList(Supplier<Routing> routing, Visitor visitor) {
    this.routing = routing;
    this.visitor = visitor;
  }

  void routes(Routes routes) {
    routes
        .get(PATH, request -> visitor.admits(request, this::all))
        .get(PATH + "/*", request -> visitor.admits(request, key -> one(request, key)));
  }

  private HttpResponse all(Key key) {
    ObjectNode list = JsonNodeFactory.instance.objectNode().put("object", "list");
    ArrayNode data = list.putArray("data");
    models(key).forEach(name -> data.add(model(name)));
    return HttpResponse.json(list);
  }

  private HttpResponse one(HttpRequest request, Key key) {
    String name = request.path().substring(PATH.length() + 1);
    return models(key).contains(name) || (routing.get().table().isTarget(name) && key.mayAsk(name))
        ? HttpResponse.json(model(name))
        : ApiErrors.unknownModel(name, models(key)).response();
  }

  private List<String> models(Key key) {
    return routing.get().table().models().stream()
        .filter(name -> name.equals("auto") || key.mayAsk(name))
        .toList();
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
