package dev.flotilla.kernel;

import dev.flotilla.kernel.config.Configuration;
import dev.flotilla.model.Agent;
import dev.flotilla.model.Result;

/**
 * How a service is started with the {@code config} of its agent.
 *
 * @param name what {@code service:} in the manifest says, and its name on the bus: letters, digits,
 *     {@code -}, {@code _}
 * @param defaults the configuration when nothing is configured; every key of the manifest is a
 *     component of this record, and what is not configured stays as it is here
 * @param start usually the service's constructor
 */
public record ServiceFactory<C extends Record>(String name, C defaults, Start<C> start) {

  /** Makes a service that is ready to answer. */
  @FunctionalInterface
  public interface Start<C> {
    /**
     * Returns once it is ready, or throws; then what it kept is closed and it is shown failed with
     * the message of what was thrown. Operations and routes are served only after it returns.
     */
    Service start(C config, ServiceContext context) throws Exception;
  }

  /** A service that has nothing to configure. */
  public static ServiceFactory<Nothing> of(String name, Start<Nothing> start) {
    return new ServiceFactory<>(name, new Nothing(), start);
  }

  /** The configuration, read strictly, with every mistake in it at once; starts nothing. */
  public Result<C> configuration(Agent agent) {
    return Configuration.decode(agent.config(), defaults, agent.where());
  }

  /** The configuration of a service that has none. */
  public record Nothing() {}

  /** The same with its configuration read: nothing is left but to start it. */
  Result<Configured> configured(Agent agent) {
    return switch (configuration(agent)) {
      case Result.Ok<C>(C config, var warnings) ->
          new Result.Ok<>(new Configured(name, context -> start.start(config, context)), warnings);
      case Result.Failed<C>(var problems) -> new Result.Failed<>(problems);
    };
  }

  /** A service as it stands before its start. */
  record Configured(String name, Ready ready) {
    interface Ready {
      Service start(ServiceContext context) throws Exception;
    }
  }
}
