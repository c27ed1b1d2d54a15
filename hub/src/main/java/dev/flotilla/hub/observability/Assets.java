package dev.flotilla.hub.observability;

import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.kernel.http.HttpRequest;
import dev.flotilla.kernel.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.zip.CRC32;

/** The files that the page needs; they come from the program, never from the network. */
final class Assets {
  private static final Map<String, String> TYPES =
      Map.of(
          "hub.css", "text/css; charset=utf-8",
          "hub.js", "text/javascript; charset=utf-8",
          "chat.css", "text/css; charset=utf-8",
          "chat.js", "text/javascript; charset=utf-8",
          "hub.svg", "image/svg+xml");

  private Assets() {}

  static HttpResponse serve(HttpRequest request) throws IOException {
    String name = request.parameter("name");
    String type = TYPES.get(name);
    if (type == null) {
      throw Failure.notFound("no file " + name, "one of the page's own files", "open / instead")
          .exception();
    }
    byte[] data = read(name);
    CRC32 sum = new CRC32();
    sum.update(data);
    String tag = "\"" + Long.toHexString(sum.getValue()) + "\"";
    HttpResponse response =
        request.header("if-none-match").filter(tag::equals).isPresent()
            ? HttpResponse.bytes(type, new byte[0]).status(304)
            : HttpResponse.bytes(type, data);
    return PageHeaders.on(response).header("ETag", tag).header("Cache-Control", "no-cache");
  }

  private static byte[] read(String name) throws IOException {
    try (InputStream in = Assets.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("the program lacks its own file " + name);
      }
      return in.readAllBytes();
    }
  }
}
