package dev.flotilla.kernel.operation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.kernel.wire.Encoding;
import dev.flotilla.kernel.wire.Schemas;
import java.util.List;

/** The OpenAPI 3.1 document of a service, made of its operations' records. Pure. */
public final class OpenApi {
  private OpenApi() {}

  public static ObjectNode of(String service, String version, List<Operation<?, ?>> operations) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("openapi", "3.1.0");
    document.putObject("info").put("title", service).put("version", version);
    Schemas schemas = new Schemas("#/components/schemas/");
    ObjectNode paths = document.putObject("paths");
    for (Operation<?, ?> operation : operations) {
      paths.putObject("/operations/" + operation.name()).set("post", describe(operation, schemas));
    }
    ObjectNode error = JsonNodeFactory.instance.objectNode().put("type", "object");
    error.putObject("properties").set("error", schemas.of(Failure.class));
    error.putArray("required").add("error");
    ObjectNode components = schemas.named();
    components.set("Error", error);
    document.putObject("components").set("schemas", components);
    return document;
  }

  private static ObjectNode describe(Operation<?, ?> operation, Schemas schemas) {
    ObjectNode post = JsonNodeFactory.instance.objectNode();
    post.put("operationId", operation.name());
    if (!operation.summary().isEmpty()) {
      post.put("summary", operation.summary());
    }
    ObjectNode body = post.putObject("requestBody").put("required", true);
    content(body, schemas.of(operation.request()));
    ObjectNode done = post.putObject("responses").putObject("200").put("description", "Done.");
    content(done, schemas.of(operation.response()));
    ObjectNode failed =
        post.withObject("/responses/default").put("description", "Not done, and why.");
    content(
        failed, JsonNodeFactory.instance.objectNode().put("$ref", "#/components/schemas/Error"));
    return post;
  }

  private static void content(ObjectNode parent, ObjectNode schema) {
    ObjectNode content = parent.putObject("content");
    for (Encoding encoding : Encoding.values()) {
      content.putObject(encoding.contentType()).set("schema", schema);
    }
  }
}
