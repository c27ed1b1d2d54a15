package dev.flotilla.bench.gateway;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Something between clients and a server of models. */
interface Gateway extends AutoCloseable {
  String name();

  String version();

  /** Starts it before the server on this port; returns once it answers. */
  void start(Path folder, int upstream) throws IOException, InterruptedException;

  int port();

  /** What every request to it must say. */
  Map<String, String> headers();

  /** The model a request names. */
  String model();

  /** The processes that answer requests. */
  List<Long> pids();

  @Override
  void close() throws IOException;
}
