package io.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.connectors.PartArrival;
import io.sluice.connectors.kafka.WeightsSettings;
import io.sluice.forecast.ForecastPlan;
import io.sluice.weights.Part;
import io.sluice.weights.Release;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class AssemblyFunctionTest {
  private static final ForecastPlan PLAN = Plant.settings("").plan();

  @Test
  void partsThatComeMixedMakeWholeReleasesAcrossRestarts() throws Exception {
    Release first = Plant.release(PLAN, 1, 0, 1);
    Release second = Plant.release(PLAN, 2, 5, 2);
    List<PartArrival> parts = new ArrayList<>(parts(first));
    parts.addAll(parts(second));
    Collections.shuffle(parts, new Random(3));

    for (int every : new int[] {1, 2, parts.size() + 1}) {
      assertThat(told(parts, every))
          .containsExactlyInAnyOrder(new Shipment.Delivered(first), new Shipment.Delivered(second));
    }
  }

  @Test
  void weightsOfAnotherPlanAreRefusedByName() throws Exception {
    ForecastPlan other = Plant.settings("model: {horizon: [2]}").plan();

    assertThat(told(parts(Plant.release(other, 7, 0, 1)), 1))
        .singleElement()
        .isInstanceOfSatisfying(
            Shipment.Refused.class,
            refused -> assertThat(refused.letter().reason()).contains("version 7", "leads", "[2]"));
  }

  @Test
  void brokenPartsAreRefusedAndTheNextReleaseIsTaken() throws Exception {
    Release sound = Plant.release(PLAN, 2, 0, 1);
    List<PartArrival> parts = new ArrayList<>();
    Part part = Part.split(Plant.release(PLAN, 1, 0, 1), 1 << 20).get(0);
    byte[] bytes = part.bytes().clone();
    bytes[bytes.length / 2] ^= 1;
    parts.add(
        new PartArrival.Decoded(
            new Part(
                part.model(),
                part.version(),
                part.digest(),
                part.index(),
                part.count(),
                bytes,
                part.checksum())));
    parts.add(new PartArrival.Rejected("not Avro", "weights", 0, 17));
    parts.addAll(parts(sound));

    List<Shipment> shipments = told(parts, 1);

    assertThat(shipments).hasSize(3).last().isEqualTo(new Shipment.Delivered(sound));
    assertThat(shipments.subList(0, 2)).hasOnlyElementsOfType(Shipment.Refused.class);
  }

  @Test
  void modelsThatNobodyAsksForPassBy() throws Exception {
    assertThat(told(parts(Plant.release(PLAN, 1, 0, 1)), 1, "pumps")).isEmpty();
  }

  private static List<PartArrival> parts(Release release) {
    List<PartArrival> parts = new ArrayList<>();
    Part.split(release, 1000).forEach(part -> parts.add(new PartArrival.Decoded(part)));
    return parts;
  }

  private static List<Shipment> told(List<PartArrival> parts, int every) throws Exception {
    return told(parts, every, "default");
  }

  private static List<Shipment> told(List<PartArrival> parts, int every, String model)
      throws Exception {
    List<Shipment> shipments = new ArrayList<>();
    var harness = harness(model);
    harness.open();
    for (int i = 0; i < parts.size(); i++) {
      harness.processElement(parts.get(i), 0);
      if ((i + 1) % every == 0) {
        shipments.addAll(harness.extractOutputValues());
        var state = harness.snapshot(i, i);
        harness.close();
        harness = harness(model);
        harness.initializeState(state);
        harness.open();
      }
    }
    shipments.addAll(harness.extractOutputValues());
    harness.close();
    return shipments;
  }

  private static OneInputStreamOperatorTestHarness<PartArrival, Shipment> harness(String model)
      throws Exception {
    var harness =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(
                new AssemblyFunction(PLAN, Set.of(model), WeightsSettings.DEFAULT)));
    harness.setup(ShipmentSerializer.INSTANCE);
    return harness;
  }
}
