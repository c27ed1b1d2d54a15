package dev.flotilla.kernel;

import dev.flotilla.kernel.config.Configuration;
import dev.flotilla.model.Agent;
import dev.flotilla.model.Result;
import java.util.function.Function;

/**
 * How a service is made from the {@code config} of its agent.
 *
 * @param name what {@code service:} in the manifest says
 * @param defaults the configuration when nothing is configured; every key of the manifest is a
 *     component of this record, and what is not configured stays as it is here
 * @param constructor makes the service and starts nothing
 */
public record ServiceFactory<C extends Record>(
    String name, C defaults, Function<C, Service> constructor) {

  /** A service that has nothing to configure. */
  public static ServiceFactory<Nothing> of(
      String name, java.util.function.Supplier<Service> constructor) {
    return new ServiceFactory<>(name, new Nothing(), none -> constructor.get());
  }

  /** Reads the configuration strictly; gives every mistake in it at once. */
  public Result<Service> create(Agent agent) {
    return switch (configuration(agent)) {
      case Result.Ok<C>(C value, var warnings) ->
          new Result.Ok<>(constructor.apply(value), warnings);
      case Result.Failed<C>(var problems) -> new Result.Failed<>(problems);
    };
  }

  /** The configuration as {@code check} reads it, without making the service. */
  public Result<C> configuration(Agent agent) {
    return Configuration.decode(agent.config(), defaults, agent.where());
  }

  /** The configuration of a service that has none. */
  public record Nothing() {}
}
