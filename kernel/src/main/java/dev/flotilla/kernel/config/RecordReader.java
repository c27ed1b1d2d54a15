package dev.flotilla.kernel.config;

import dev.flotilla.kernel.wire.Shape;
import dev.flotilla.model.PlacedMap;
import dev.flotilla.model.Position;
import dev.flotilla.model.Problem;
import dev.flotilla.model.shape.Nearest;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Builds records from maps and collects what does not fit. For one reading, by one thread. */
final class RecordReader {
  /** Where the value that is being read stands, as closely as it is known. */
  private Position where;

  private final List<Problem> problems = new ArrayList<>();
  private final ValueReader values = new ValueReader(this);

  RecordReader(Position where) {
    this.where = where;
  }

  List<Problem> problems() {
    return List.copyOf(problems);
  }

  void problem(String path, String found, String expected, String advice) {
    problems.add(Problem.error(where, path + " is " + found, expected, advice));
  }

  /**
   * The record, or null once a problem was noted.
   *
   * @param defaults a record of the same type for components that the map does not name, or null
   *     when they are required
   */
  @Nullable Object record(Map<?, ?> map, Class<?> type, @Nullable Object defaults, String path) {
    RecordComponent[] components = type.getRecordComponents();
    int before = problems.size();
    refuseUnknown(map, components, path);
    @Nullable Object[] arguments = new @Nullable Object[components.length];
    for (int i = 0; i < components.length; i++) {
      String name = components[i].getName();
      Object fallback = defaults == null ? null : component(components[i], defaults);
      arguments[i] =
          map.containsKey(name)
              ? at(map, name, components[i].getGenericType(), fallback, path)
              : fallback != null ? fallback : absent(components[i], path + "." + name);
    }
    return problems.size() > before ? null : construct(type, components, arguments, path);
  }

  private @Nullable Object at(
      Map<?, ?> map, String name, Type type, @Nullable Object fallback, String path) {
    Position around = where;
    where = PlacedMap.place(map, name).orElse(around);
    Object value = values.read(map.get(name), type, fallback, path + "." + name);
    where = around;
    return value;
  }

  private void refuseUnknown(Map<?, ?> map, RecordComponent[] components, String path) {
    List<String> known = Arrays.stream(components).map(RecordComponent::getName).toList();
    for (Object key : map.keySet()) {
      if (!known.contains(String.valueOf(key))) {
        String advice =
            Nearest.to(String.valueOf(key), known)
                .map(name -> "Did you mean \"" + name + "\"?")
                .orElse("Remove it.");
        problems.add(
            Problem.error(
                PlacedMap.place(map, key).orElse(where),
                path + " has the unknown key \"" + key + "\"",
                known.isEmpty() ? "no configuration at all" : "one of " + String.join(", ", known),
                advice));
      }
    }
  }

  private @Nullable Object absent(RecordComponent component, String path) {
    Class<?> type = component.getType();
    if (type == Optional.class) {
      return Optional.empty();
    } else if (type == List.class) {
      return List.of();
    } else if (type == Map.class) {
      return Map.of();
    }
    problem(path, "missing", Shape.describe(component.getGenericType()), "Add it.");
    return null;
  }

  private @Nullable Object construct(
      Class<?> type, RecordComponent[] components, @Nullable Object[] arguments, String path) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      String refused = String.valueOf(e.getTargetException().getMessage());
      problem(path, "refused: " + refused, "values the service can work with", "Change it.");
      return null;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make " + type, e);
    }
  }

  private static Object component(RecordComponent component, Object instance) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(instance);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }
}
