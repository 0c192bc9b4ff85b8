package io.sluice.connectors;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.sluice.connectors", importOptions = DoNotIncludeTests.class)
class ConnectorsWallsTest {
  @ArchTest
  static final ArchRule noCircles =
      slices().matching("io.sluice.connectors.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule whatFlowsKnowsNoRoom =
      noClasses()
          .that()
          .resideInAPackage("io.sluice.connectors")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.sluice.connectors.*..", "org.apache.kafka..", "org.apache.avro..");

  @ArchTest
  static final ArchRule bytesAreReadWithoutFlinkAndKafka =
      noClasses()
          .that()
          .resideInAnyPackage("..mapping..", "..wire..", "..files..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.flink..", "org.apache.kafka..");

  @ArchTest
  static final ArchRule onlyTheEmbeddedBrokerNeedsTheServersClasses =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.sluice.connectors.broker..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "kafka..", "org.apache.kafka.metadata..", "org.apache.kafka.server..");
}
