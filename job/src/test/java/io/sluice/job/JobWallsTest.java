package io.sluice.job;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = {
      "io.sluice.settings",
      "io.sluice.retrain",
      "io.sluice.job",
      "io.sluice.demo",
      "io.sluice.cli"
    },
    importOptions = DoNotIncludeTests.class)
class JobWallsTest {
  @ArchTest
  static final ArchRule knowsNeitherKafkaNorAvro =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..", "org.apache.avro..");

  @ArchTest
  static final ArchRule nothingImportsUpward =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("settings")
          .definedBy("io.sluice.settings..")
          .layer("retrain")
          .definedBy("io.sluice.retrain..")
          .layer("job")
          .definedBy("io.sluice.job..")
          .layer("demo")
          .definedBy("io.sluice.demo..")
          .layer("cli")
          .definedBy("io.sluice.cli..")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("demo")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("retrain")
          .mayOnlyBeAccessedByLayers("job", "demo", "cli")
          .whereLayer("job")
          .mayOnlyBeAccessedByLayers("demo", "cli");

  @ArchTest
  static final ArchRule onlyTheDemoStartsABroker =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.sluice.demo..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.sluice.connectors.broker..");

  @ArchTest
  static final ArchRule noCircles = slices().matching("io.sluice.(*)..").should().beFreeOfCycles();
}
