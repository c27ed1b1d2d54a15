package dev.flotilla.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;

/**
 * How the words of the fleet look as JSON, wherever they leave a process: bus events, the node's
 * local API, {@code --json} and files of state.
 *
 * <p>Names are camelCase. An absent {@code Optional} is an absent field. {@code Instant} is
 * ISO-8601 in UTC, {@code Duration} is seconds as a number, {@link Bytes} is bytes as a number,
 * {@link AgentId} is {@code "name@machine"}, an enum is its lower-case label with hyphens.
 * Alternatives ({@link Launch}, {@link Probe.Check}, {@link Need.Condition}) carry a field {@code
 * type}. {@link AgentStatus} has {@code name} and {@code machine} in place of an identity. Unknown
 * fields are ignored, so that an older process reads what a newer one writes.
 */
public final class Json {
  private static final int DEEPEST = 100;
  private static final int MOST_BUFFERS = 64;

  private Json() {}

  /** A new mapper. Thread-safe once made; make one a process and pass it on. */
  public static ObjectMapper mapper() {
    return JsonMapper.builder(factory())
        .addModule(new Jdk8Module())
        .addModule(new JsonScalars())
        .defaultPropertyInclusion(
            JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .addMixIn(Launch.class, LaunchShape.class)
        .addMixIn(Probe.Check.class, CheckShape.class)
        .addMixIn(Need.Condition.class, ConditionShape.class)
        .addMixIn(AgentStatus.class, StatusShape.class)
        .build();
  }

  /**
   * Buffers are shared by all threads: kept by each, as they are by default, they would take 70 KB
   * of every virtual thread that ever read or wrote JSON.
   */
  private static JsonFactory factory() {
    return JsonFactory.builder()
        .recyclerPool(JsonRecyclerPools.newBoundedPool(MOST_BUFFERS))
        .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
        .build();
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Launch.Service.class, name = "service"),
    @JsonSubTypes.Type(value = Launch.Command.class, name = "command"),
    @JsonSubTypes.Type(value = Launch.Image.class, name = "image")
  })
  private interface LaunchShape {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Probe.Http.class, name = "http"),
    @JsonSubTypes.Type(value = Probe.Tcp.class, name = "tcp"),
    @JsonSubTypes.Type(value = Probe.Command.class, name = "command"),
    @JsonSubTypes.Type(value = Probe.Bus.class, name = "bus"),
    @JsonSubTypes.Type(value = Probe.Zmq.class, name = "zmq")
  })
  private interface CheckShape {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Need.Started.class, name = "started"),
    @JsonSubTypes.Type(value = Need.Healthy.class, name = "healthy"),
    @JsonSubTypes.Type(value = Need.Completed.class, name = "completed"),
    @JsonSubTypes.Type(value = Need.LogLine.class, name = "log")
  })
  private interface ConditionShape {}

  @JsonSerialize(converter = StatusJson.Write.class)
  @JsonDeserialize(converter = StatusJson.Read.class)
  private interface StatusShape {}
}
