package dev.ss.testkit.unit;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.stream.Stream;

/** The rules for every module; each module checks its own classes. */
public final class ArchitectureRules {
  private static final String STORE = "dev.ss.store..";
  private static final String BOOT = "dev.ss.boot..";
  private static final String BRIDGE = "dev.ss.bridge..";

  private ArchitectureRules() {}

  /** Leaves out the testkit, whose classes are in the tests' class path. */
  public static final class DoNotIncludeTheTestkit implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/dev/ss/testkit/");
    }
  }

  @ArchTest
  static final ArchRule packagesFormNoCycles =
      slices()
          .matching("dev.ss.(**)")
          .should()
          .beFreeOfCycles()
          .because("packages have a reading order, and a cycle has no beginning");

  @ArchTest
  static final ArchRule onlyTheStoreKnowsSql =
      noClasses()
          .that()
          .resideOutsideOfPackages(STORE, BOOT)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.jdbi..", "java.sql..", "javax.sql..")
          .because("a job's row and its execution stay together only if one place writes them");

  @ArchTest
  static final ArchRule onlyTheBridgeKnowsPrometheus =
      noClasses()
          .that()
          .resideOutsideOfPackages(BRIDGE, BOOT)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.prometheus..")
          .because(
              "recording goes through Codahale, so that whatever Dropwizard records is exported")
          .allowEmptyShould(true); // in the bridge itself

  @ArchTest
  static final ArchRule timeComesFromAClock =
      noClasses()
          .that()
          .resideOutsideOfPackages(BOOT)
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDate.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(OffsetDateTime.class, "now")
          .orShould()
          .callMethod(ZonedDateTime.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(Clock.class, "systemDefaultZone")
          .because("a test moves a Clock by hand and cannot move the system's");

  @ArchTest
  static final ArchRule everyRegistryIsHandedOver =
      noClasses()
          .should()
          .accessField("io.prometheus.metrics.model.registry.PrometheusRegistry", "defaultRegistry")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo("com.codahale.metrics.SharedMetricRegistries")
          .because("a registry of the whole JVM mixes up applications, and tests");

  @ArchTest
  static final ArchRule noStateIsStatic =
      fields()
          .that()
          .areStatic()
          .should()
          .beFinal()
          .because("state belongs to an object that somebody wires and somebody ends");

  @ArchTest
  static final ArchRule packagesSayWhatTheyAreAbout =
      noClasses()
          .should()
          .resideInAnyPackage(
              "..util..", "..utils..", "..common..", "..model..", "..service..", "..helper..")
          .because("such a package says nothing and attracts everything");

  @ArchTest
  static final ArchRule classesSayWhatTheyAreAbout =
      classes()
          .should()
          .haveNameNotMatching(".*(Utils?|Common|Model|Service|Helpers?)")
          .because("such a name says nothing about what the class is for");

  /**
   * That a package uses no package of ours but itself and these.
   *
   * @param name without {@code dev.ss.}
   */
  public static ArchRule packageUsesOnly(String name, String... others) {
    String[] allowed =
        Stream.concat(Stream.of(name), Stream.of(others))
            .map(each -> "dev.ss." + each)
            .toArray(String[]::new);
    return classes()
        .that()
        .resideInAPackage("dev.ss." + name)
        .should()
        .onlyDependOnClassesThat(
            resideOutsideOfPackage("dev.ss..")
                .or(resideInAnyPackage(allowed))
                .as("are of %s, or not ours", String.join(", ", allowed)));
  }
}
