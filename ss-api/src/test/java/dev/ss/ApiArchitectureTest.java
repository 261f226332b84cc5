package dev.ss;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.ss.testkit.unit.ArchitectureRules.packageUsesOnly;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeJars;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.ss.api.http.HealthResource;
import dev.ss.testkit.unit.ArchitectureRules;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;

@AnalyzeClasses(
    packages = "dev.ss.api",
    importOptions = {DoNotIncludeTests.class, DoNotIncludeJars.class})
class ApiArchitectureTest {
  @ArchTest static final ArchTests everywhere = ArchTests.in(ArchitectureRules.class);

  @ArchTest
  static final ArchRule metrics =
      packageUsesOnly("api.metrics", "metrics", "job", "bridge..")
          .because("what is counted depends on nothing that counts it");

  @ArchTest
  static final ArchRule problems =
      noClasses()
          .that()
          .resideInAPackage("dev.ss.api.problem")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.ss.api", "dev.ss.api.http", "dev.ss.api.submit")
          .because("every part of the API answers with problems, so they know none of the parts");

  @ArchTest
  static final ArchRule submissions =
      noClasses()
          .that()
          .resideInAPackage("dev.ss.api.submit")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.ss.api", "dev.ss.api.http")
          .because("what makes a submission valid does not depend on the route it came by");

  @ArchTest
  static final ArchRule onlyTheWiringKnowsTheConfiguration =
      noClasses()
          .that()
          .resideInAPackage("dev.ss.api.(*)..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.ss.config")
          .because("a class takes the values that it needs, and a test can give it any");

  @ArchTest
  static final ArchRule everyRouteNeedsAPermission =
      methods()
          .that()
          .areAnnotatedWith(GET.class)
          .or()
          .areAnnotatedWith(POST.class)
          .and()
          .areNotDeclaredIn(HealthResource.class)
          .should()
          .beAnnotatedWith(RolesAllowed.class)
          .because("supervisors and load balancers have no token; everyone else needs one");

  @ArchTest
  static final ArchRule theWorkerIsAnotherProcess =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.ss.worker..")
          .because("the two meet in the database only");
}
