package io.sluice;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.sluice", importOptions = DoNotIncludeTests.class)
class ArchitectureWallsTest {
  @ArchTest
  static final ArchRule nothingImportsUpward =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("weights")
          .definedBy("io.sluice.weights..")
          .layer("online")
          .definedBy("io.sluice.online..")
          .layer("contest")
          .definedBy("io.sluice.contest..")
          .layer("cell")
          .definedBy("io.sluice.cell..")
          .layer("anomaly")
          .definedBy("io.sluice.anomaly..")
          .layer("symbols")
          .definedBy("io.sluice.symbols..")
          .layer("forecast")
          .definedBy("io.sluice.forecast..")
          .layer("training")
          .definedBy("io.sluice.training..")
          .whereLayer("training")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("forecast")
          .mayOnlyBeAccessedByLayers("training")
          .whereLayer("anomaly")
          .mayOnlyBeAccessedByLayers("forecast", "training")
          .whereLayer("symbols")
          .mayOnlyBeAccessedByLayers("forecast", "training")
          .whereLayer("online")
          .mayOnlyBeAccessedByLayers("anomaly", "forecast", "training")
          .whereLayer("contest")
          .mayOnlyBeAccessedByLayers("forecast")
          .whereLayer("cell")
          .mayOnlyBeAccessedByLayers("forecast", "training");

  @ArchTest
  static final ArchRule noCircles = slices().matching("io.sluice.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule knowsNoStreaming =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.flink..", "org.apache.kafka..", "org.apache.avro..");

  @ArchTest
  static final ArchRule onlyTrainingKnowsNd4j =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.sluice.training..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.nd4j..", "org.bytedeco..");
}
