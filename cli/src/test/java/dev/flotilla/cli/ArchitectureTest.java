package dev.flotilla.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Holds the table of who may import whom, and the habits that a compiler does not see. */
@AnalyzeClasses(packages = "dev.flotilla", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

  /** Each room and the rooms it may use; those not named may use all, and nobody may use them. */
  private static final Map<String, List<String>> MAY_USE =
      Map.of(
          "model", List.of(),
          "bus", List.of("model"),
          "kernel", List.of("model", "bus"),
          "scan", List.of("model"),
          "plan", List.of("model"),
          "pack", List.of("model", "scan"),
          "node", List.of("model", "bus", "kernel"),
          "hub", List.of("model", "bus", "kernel"),
          "assistant", List.of("model", "bus", "kernel"));

  private static final List<String> TOP = List.of("cli", "bench");

  @ArchTest
  static void everyRoomUsesOnlyWhatTheTableNames(JavaClasses classes) {
    MAY_USE.forEach(
        (room, allowed) -> {
          List<String> others = new ArrayList<>(MAY_USE.keySet());
          others.addAll(TOP);
          others.remove(room);
          others.removeAll(allowed);
          noClasses()
              .that()
              .resideInAPackage("dev.flotilla." + room + "..")
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(
                  others.stream().map(o -> "dev.flotilla." + o + "..").toArray(String[]::new))
              .because("the room " + room + " may use only " + allowed)
              .allowEmptyShould(true)
              .check(classes);
        });
  }

  @ArchTest
  static void everyClassIsInARoomOfTheTable(JavaClasses classes) {
    assertThat(classes)
        .isNotEmpty()
        .allSatisfy(
            type -> {
              String room = type.getPackageName().split("\\.")[2];
              assertThat(MAY_USE.containsKey(room) || TOP.contains(room))
                  .as(type.getName())
                  .isTrue();
            });
  }

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.flotilla.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyTheCommandLineTouchesStandardOutput =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.flotilla.cli..", "dev.flotilla.bench..")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .because("words for people leave through the command line, everything else is a log");

  @ArchTest
  static final ArchRule oneLogInterface =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.util.logging..", "org.apache.log4j..", "org.apache.commons.logging..")
          .because("logs go through SLF4J");

  @ArchTest
  static final ArchRule onlyTheReaderOfPythonKnowsGraalPy =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.flotilla.scan.python..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.graalvm..", "com.oracle.graal..")
          .because("the parser of Python can be changed in one place");

  @ArchTest
  static final ArchRule onlyMainsEndTheProcess =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.flotilla.cli..", "dev.flotilla.bench..")
          .should()
          .callMethod(System.class, "exit", int.class);

  @ArchTest
  static final ArchRule noStaticStateThatChanges =
      ArchRuleDefinition.fields()
          .that()
          .areStatic()
          .and()
          .areDeclaredInClassesThat()
          .resideInAPackage("dev.flotilla..")
          .should(beFinal());

  private static ArchCondition<JavaField> beFinal() {
    return new ArchCondition<>("be final") {
      @Override
      public void check(JavaField field, ConditionEvents events) {
        boolean fine =
            field.getModifiers().contains(JavaModifier.FINAL)
                || field.getModifiers().contains(JavaModifier.SYNTHETIC);
        events.add(new SimpleConditionEvent(field, fine, field.getFullName() + " is not final"));
      }
    };
  }
}
