package dev.ss;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeJars;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.ss.testkit.unit.ArchitectureRules;

/** What the bridge may know of others. */
@AnalyzeClasses(
    packages = "dev.ss.bridge",
    importOptions = {DoNotIncludeTests.class, DoNotIncludeJars.class})
class BridgeArchitectureTest {
  @ArchTest static final ArchTests everywhere = ArchTests.in(ArchitectureRules.class);

  @ArchTest
  static final ArchRule onlyTheBundleKnowsDropwizard =
      noClasses()
          .that()
          .haveNameNotMatching(
              "dev\\.ss\\.bridge\\.(Bridge(Bundle|MetricsFactory)|MetricsServer).*")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.dropwizard..", "com.fasterxml..", "jakarta.validation..", "org.eclipse..")
          .because("a program without Dropwizard has no such classes");

  @ArchTest
  static final ArchRule onlyTheServletKnowsServlets =
      noClasses()
          .that()
          .haveNameNotMatching("dev\\.ss\\.bridge\\.(MetricsServlet.*|BridgeBundle)")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jakarta.servlet..")
          .because("a program without servlets has no such classes");

  @ArchTest
  static final ArchRule onlyOneClassKnowsTheStockBridge =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("dev.ss.bridge.StockMappings")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.prometheus.metrics.instrumentation.dropwizard5..")
          .because("who does not come from it has no such classes");

  @ArchTest
  static final ArchRule theInsideKnowsNothingOfTheOutside =
      classes()
          .that()
          .resideInAPackage("dev.ss.bridge.internal..")
          .should()
          .onlyDependOnClassesThat(
              resideInAPackage("dev.ss.bridge.internal..").or(not(resideInAPackage("dev.ss.."))))
          .because("what is exported is built from what is not, and never the other way round");

  @ArchTest
  static final ArchRule whatIsScrapedIsWrittenInNobodysLanguage =
      noClasses()
          .that()
          .resideInAPackage("dev.ss.bridge.internal.exposition..")
          .should()
          .callMethod(String.class, "formatted", Object[].class)
          .orShould()
          .callMethod(String.class, "format", String.class, Object[].class)
          .because("%d has the digits of the default locale, which no scraper reads");
}
