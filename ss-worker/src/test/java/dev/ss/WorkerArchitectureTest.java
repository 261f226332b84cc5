package dev.ss;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.ss.testkit.unit.ArchitectureRules.packageUsesOnly;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeJars;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.ss.testkit.unit.ArchitectureRules;

@AnalyzeClasses(
    packages = "dev.ss.worker",
    importOptions = {DoNotIncludeTests.class, DoNotIncludeJars.class})
class WorkerArchitectureTest {
  @ArchTest static final ArchTests everywhere = ArchTests.in(ArchitectureRules.class);

  @ArchTest
  static final ArchRule metrics =
      packageUsesOnly("worker.metrics", "metrics", "job", "bridge..")
          .because("what is counted depends on nothing that counts it");

  @ArchTest
  static final ArchRule running =
      noClasses()
          .that()
          .resideInAPackage("dev.ss.worker.run")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.ss.worker", "dev.ss.worker.claim", "dev.ss.worker.maintain", "dev.ss.store..")
          .because("a command is run for whoever asks, and its runner writes to no table");

  @ArchTest
  static final ArchRule claiming =
      noClasses()
          .that()
          .resideInAPackage("dev.ss.worker.claim")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.ss.worker", "dev.ss.worker.maintain")
          .because("what claims jobs may have them run, and needs no more of the worker");

  @ArchTest
  static final ArchRule onlyTheWiringKnowsTheConfiguration =
      noClasses()
          .that()
          .resideInAPackage("dev.ss.worker.(*)..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.ss.config")
          .because("a class takes the values that it needs, and a test can give it any");

  @ArchTest
  static final ArchRule theApiIsAnotherProcess =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.ss.api..")
          .because("the two meet in the database only");
}
