package dev.ss;

import static dev.ss.testkit.unit.ArchitectureRules.packageUsesOnly;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeJars;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.ss.testkit.unit.ArchitectureRules;
import dev.ss.testkit.unit.ArchitectureRules.DoNotIncludeTheTestkit;

/** The packages of this module in their reading order, and what each may know of the others. */
@AnalyzeClasses(
    packages = "dev.ss",
    importOptions = {DoNotIncludeTests.class, DoNotIncludeJars.class, DoNotIncludeTheTestkit.class})
class ArchitectureTest {
  @ArchTest static final ArchTests everywhere = ArchTests.in(ArchitectureRules.class);

  @ArchTest
  static final ArchRule jobs =
      packageUsesOnly("job").because("what a job is does not depend on how it is kept or run");

  @ArchTest
  static final ArchRule store =
      packageUsesOnly("store", "job").because("the tables keep jobs, whoever asks for them");

  @ArchTest
  static final ArchRule metrics =
      packageUsesOnly("metrics", "job", "bridge..")
          .because("what is counted depends neither on the database nor on the configuration");

  @ArchTest
  static final ArchRule access =
      packageUsesOnly("access", "metrics", "bridge..")
          .because("who may use a process does not depend on what the process does");

  @ArchTest
  static final ArchRule config =
      packageUsesOnly("config", "job", "store", "metrics", "bridge..")
          .because("a section builds its own object, and knows nothing of who will use it");

  @ArchTest
  static final ArchRule server =
      packageUsesOnly("server")
          .because("what slow clients may do does not depend on what they ask");

  @ArchTest
  static final ArchRule boot =
      packageUsesOnly("boot", "access", "job", "store", "metrics", "bridge..", "config", "server")
          .because("both applications start with it, so it can know neither of them");
}
