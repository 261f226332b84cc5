package dev.ss;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.ss.testkit.unit.ArchitectureRules.packageUsesOnly;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeJars;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.ss.testkit.unit.ArchitectureRules;

@AnalyzeClasses(
    packages = "dev.ss.cli",
    importOptions = {DoNotIncludeTests.class, DoNotIncludeJars.class})
class CliArchitectureTest {
  @ArchTest static final ArchTests everywhere = ArchTests.in(ArchitectureRules.class);

  @ArchTest
  static final ArchRule following =
      packageUsesOnly("cli.follow", "cli.api")
          .because("what a job does is told to a listener, and shown by somebody else");

  @ArchTest
  static final ArchRule nothingElseOfSs =
      noClasses()
          .should()
          .dependOnClassesThat(
              JavaClass.Predicates.resideInAPackage("dev.ss..")
                  .and(JavaClass.Predicates.resideOutsideOfPackage("dev.ss.cli..")))
          .because("the program knows SS by HTTP, as any client does");
}
