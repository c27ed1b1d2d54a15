package dev.flotilla.kernel.wire;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What Jackson asks of our types without annotations: a sealed interface says in {@code type} which
 * of its records is meant, and a record component is required unless its type has an empty value.
 */
final class Introspector extends JacksonAnnotationIntrospector {
  private static final long serialVersionUID = 1L;

  @Override
  public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(
      MapperConfig<?> config, Annotated annotated) {
    JsonTypeInfo.Value declared = super.findPolymorphicTypeInfo(config, annotated);
    return declared == null && sealedParent(annotated.getRawType())
        ? JsonTypeInfo.Value.construct(
            JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, "type", null, false, true, null)
        : declared;
  }

  @Override
  public @Nullable List<NamedType> findSubtypes(Annotated annotated) {
    Class<?> type = annotated.getRawType();
    return type.isInterface() && type.isSealed()
        ? leaves(type).stream().map(leaf -> new NamedType(leaf, nameOf(leaf))).toList()
        : super.findSubtypes(annotated);
  }

  @Override
  public @Nullable String findTypeName(AnnotatedClass type) {
    String declared = super.findTypeName(type);
    boolean ours = sealedParent(type.getRawType()) && !_hasAnnotation(type, JsonTypeInfo.class);
    return declared == null && ours ? nameOf(type.getRawType()) : declared;
  }

  @Override
  public @Nullable Boolean hasRequiredMarker(AnnotatedMember member) {
    return member.getDeclaringClass().isRecord()
        ? Boolean.valueOf(!Shape.optional(member.getRawType()))
        : super.hasRequiredMarker(member);
  }

  /** What {@code type} says for a record: {@code LogLine} is {@code log-line}. */
  static String nameOf(Class<?> leaf) {
    String separated = leaf.getSimpleName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_");
    return EnumNamingStrategies.KEBAB_CASE.convertEnumToExternalName(
        separated.toUpperCase(Locale.ROOT));
  }

  static List<Class<?>> leaves(Class<?> type) {
    List<Class<?>> found = new ArrayList<>();
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      if (permitted.isSealed()) {
        found.addAll(leaves(permitted));
      } else {
        found.add(permitted);
      }
    }
    return found;
  }

  private static boolean sealedParent(Class<?> type) {
    return type.isInterface()
        ? type.isSealed()
        : Arrays.stream(type.getInterfaces()).anyMatch(Class::isSealed);
  }
}
