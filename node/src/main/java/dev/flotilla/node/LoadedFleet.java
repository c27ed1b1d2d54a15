package dev.flotilla.node;

import dev.flotilla.model.Fleet;
import dev.flotilla.model.Problem;
import dev.flotilla.model.Result;
import dev.flotilla.model.manifest.LoadOptions;
import dev.flotilla.model.manifest.ManifestLoader;
import dev.flotilla.node.api.ManifestRequest;
import dev.flotilla.node.core.WhichMachine;
import dev.flotilla.node.state.NodeException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A manifest that was read, and the machine of it that this one is.
 *
 * @param request what it was read by
 */
record LoadedFleet(ManifestRequest request, Fleet fleet, String machine, List<Problem> warnings) {

  static LoadedFleet load(ManifestRequest request, Map<String, String> environment)
      throws NodeException {
    LoadOptions options =
        new LoadOptions(
            request.environment().orElse(environment), request.portSet(), request.portOffset());
    Result<Fleet> read =
        request.manifest().isPresent()
            ? ManifestLoader.load(Path.of(request.manifest().get()), options)
            : ManifestLoader.loadBuiltIn(Path.of(request.directory().orElse("/")), options);
    return switch (read) {
      case Result.Failed<Fleet>(List<Problem> problems) -> throw new NodeException(problems);
      case Result.Ok<Fleet>(Fleet fleet, List<Problem> warnings) ->
          switch (WhichMachine.of(fleet, request.machine(), ownNames())) {
            case Result.Failed<String>(List<Problem> problems) -> throw new NodeException(problems);
            case Result.Ok<String>(String machine, List<Problem> ignored) ->
                new LoadedFleet(request, fleet, machine, warnings);
          };
    };
  }

  /** Host names and addresses of this machine, without loopback, which every machine has. */
  private static Set<String> ownNames() {
    Set<String> names = new HashSet<>();
    try {
      String host = InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
      names.add(host);
      names.add(host.replaceAll("\\..*", ""));
      NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> !address.isLoopbackAddress())
          .forEach(address -> names.add(address.getHostAddress().replaceAll("%.*", "")));
    } catch (UnknownHostException | SocketException e) {
      return names;
    }
    return names;
  }
}
