package dev.flotilla.kernel.operation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.kernel.failure.OperationException;
import dev.flotilla.kernel.wire.Encoding;
import dev.flotilla.kernel.wire.Shape;
import java.io.IOException;
import java.util.List;

/** Reads requests strictly and says which field of a bad one is at fault. */
final class Requests {
  private Requests() {}

  /**
   * @param data empty for a request without fields
   * @throws OperationException when it is not one
   */
  static <I extends Record> I read(byte[] data, Encoding encoding, Class<I> type) {
    byte[] whole = data.length == 0 ? encoding.write(java.util.Map.of()) : data;
    try {
      I request = encoding.readStrictly(whole, type);
      if (request == null) {
        throw Failure.badRequest("request", "null", "an object", "Send an object.").exception();
      }
      return request;
    } catch (JsonMappingException e) {
      throw explain(e, type).exception();
    } catch (IOException e) {
      throw Failure.badRequest("request", notReadable(e), encoding.contentType(), "Mend it.")
          .exception();
    }
  }

  private static Failure explain(JsonMappingException e, Class<?> type) {
    String field = path(e.getPath());
    return switch (e) {
      case UnrecognizedPropertyException unknown ->
          Failure.badRequest(
              field,
              "an unknown field",
              Shape.fields(unknown.getReferringClass()),
              "Remove it or mend its name.");
      case InvalidFormatException wrong ->
          Failure.badRequest(
              field,
              "\"" + wrong.getValue() + "\"",
              Shape.describe(wrong.getTargetType()),
              "Change it.");
      case ValueInstantiationException refused -> refused(field, refused);
      case MismatchedInputException mismatch when missing(mismatch) ->
          Failure.badRequest(field, "missing", Shape.describe(mismatch.getTargetType()), "Add it.");
      case MismatchedInputException mismatch ->
          Failure.badRequest(
              field, "another type", Shape.describe(mismatch.getTargetType()), "Change it.");
      default -> Failure.badRequest(field, notReadable(e), Shape.describe(type), "Change it.");
    };
  }

  private static Failure refused(String field, ValueInstantiationException e) {
    return e.getCause() instanceof OperationException known
        ? known.failure()
        : Failure.badRequest(
            field,
            String.valueOf(
                e.getCause() == null ? e.getOriginalMessage() : e.getCause().getMessage()),
            "a value the service can work with",
            "Change it.");
  }

  private static boolean missing(MismatchedInputException e) {
    return e.getOriginalMessage().startsWith("Missing")
        || e.getOriginalMessage().startsWith("Null value for creator");
  }

  private static String path(List<JsonMappingException.Reference> path) {
    StringBuilder text = new StringBuilder();
    for (JsonMappingException.Reference step : path) {
      if (step.getFieldName() == null) {
        text.append('[').append(step.getIndex()).append(']');
      } else {
        text.append(text.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return text.isEmpty() ? "request" : text.toString();
  }

  private static String notReadable(IOException e) {
    String message =
        e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
    return String.valueOf(message).lines().findFirst().orElse("nothing readable");
  }
}
