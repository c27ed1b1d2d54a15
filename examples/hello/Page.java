import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Greets, and says what the store counted. Run with: java Page.java PORT STORE */
class Page {
  public static void main(String[] args) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest count = HttpRequest.newBuilder(URI.create(args[1] + "/")).build();
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
    HttpServer server = HttpServer.create(address, 0);
    server.createContext(
        "/",
        exchange -> {
          String answer = "{\"status\":\"ok\"}";
          if (!exchange.getRequestURI().getPath().equals("/health")) {
            try {
              String visits = client.send(count, HttpResponse.BodyHandlers.ofString()).body();
              answer = "Hello! You are visitor " + visits + ".\n";
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    System.out.println("page listening on " + address);
  }
}
