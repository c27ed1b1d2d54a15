package dev.flotilla.assistant.upstream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.assistant.builtin.Answer;
import dev.flotilla.assistant.builtin.BuiltInEngine;
import dev.flotilla.assistant.builtin.Facts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** The built-in engine as a target. Thread-safe. */
public final class BuiltIn implements Upstream {
  public static final String NAME = "builtin";

  private final Supplier<Facts> facts;
  private final Memory memory;

  /** Keeps what people want to be remembered. Each returns once the disk has it. */
  public interface Memory {
    void remember(Answer.Memory memory);

    /**
     * Nothing of them is left afterwards.
     *
     * @param subjects those that are remembered
     */
    void forget(Set<String> subjects);
  }

  /**
   * @param memory is told before people are told that it is done
   */
  public BuiltIn(Supplier<Facts> facts, Memory memory) {
    this.facts = facts;
    this.memory = memory;
  }

  /** Also the way to say that it does not know: {@link #unknown}. */
  @Override
  public Reply ask(Call call) throws UpstreamException {
    if (call.kind() == Call.Kind.EMBEDDING) {
      throw UpstreamException.unable("the built-in engine makes no embeddings");
    }
    Optional<Answer> answer = BuiltInEngine.answer(call.text(), facts.get());
    if (answer.isEmpty()) {
      throw UpstreamException.unable("the built-in engine does not know");
    }
    answer.get().memory().ifPresent(memory::remember);
    if (!answer.get().forgotten().isEmpty()) {
      memory.forget(answer.get().forgotten());
    }
    return reply(call, answer.get().text(), facts.get().now());
  }

  /** What it says when it does not know and nobody else can be asked. */
  public static Reply unknown(Call call, Instant now) {
    return reply(
        call,
        "I do not know. No model is set up that could, and I do not guess.\n"
            + BuiltInEngine.help(),
        now);
  }

  private static Reply reply(Call call, String text, Instant now) {
    Usage usage = new Usage(Texts.tokens(call), Texts.tokens(text.length()), true);
    String id = "chatcmpl-" + UUID.randomUUID();
    long created = now.getEpochSecond();
    if (!call.stream()) {
      return new Reply.Whole(
          call.kind() == Call.Kind.CHAT
              ? Answers.chat(id, created, NAME, Answers.message(text), "stop", usage)
              : Answers.completion(id, created, NAME, text, usage));
    }
    if (call.kind() == Call.Kind.COMPLETION) {
      return new Parts(
          List.of(
              new Reply.Chunk(
                  Answers.completion(id, created, NAME, text, usage).toString(),
                  Answers.completion(id, created, NAME, text, usage))));
    }
    List<Reply.Chunk> chunks = new ArrayList<>();
    ObjectNode first = Answers.object().put("role", "assistant").put("content", "");
    chunks.add(Answers.delta(id, created, NAME, first, Optional.empty()));
    for (String line : text.splitWithDelimiters("\n", 0)) {
      if (!line.isEmpty()) {
        ObjectNode delta = Answers.object().put("content", line);
        chunks.add(Answers.delta(id, created, NAME, delta, Optional.empty()));
      }
    }
    chunks.add(Answers.delta(id, created, NAME, Answers.object(), Optional.of("stop")));
    chunks.add(Answers.usageChunk(id, created, NAME, usage));
    return new Parts(chunks);
  }
}
