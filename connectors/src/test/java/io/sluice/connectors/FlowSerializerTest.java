package io.sluice.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.anomaly.Label;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.Test;

class FlowSerializerTest {
  private static final RecursiveComparisonConfiguration SAME =
      RecursiveComparisonConfiguration.builder()
          .withEqualsForType(Double::equals, Double.class)
          .build();

  @Test
  void whatGoesInComesOut() throws IOException {
    for (Arrival arrival :
        List.of(
            new Arrival.Decoded(Examples.reading(), Examples.original()),
            new Arrival.Labelled("pump", 7, Label.BENIGN, Examples.bare()),
            new Arrival.Rejected("no time", Examples.bare()))) {
      assertThat(through(Flows.ARRIVAL, arrival)).usingRecursiveComparison(SAME).isEqualTo(arrival);
    }
    for (PartArrival part :
        List.of(
            new PartArrival.Decoded(Examples.part()),
            new PartArrival.Rejected("no part", "weights", 1, 2))) {
      assertThat(through(Flows.PART, part)).isEqualTo(part);
    }
    for (Row row :
        List.of(
            new Row.Forecasted(Examples.forecast("a")),
            new Row.Forecasted(Examples.symbols("a")),
            new Row.Judged(Examples.verdict("b")),
            new Row.Judged(Examples.calm("b")),
            new Row.Late("behind", Examples.original()),
            new Row.DeadLetter("why", Examples.bare()))) {
      assertThat(through(Flows.ROW, row)).usingRecursiveComparison(SAME).isEqualTo(row);
    }
  }

  private static <T> T through(TypeInformation<T> type, T value) throws IOException {
    TypeSerializer<T> serializer = type.createSerializer(new SerializerConfigImpl());
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(value, out);
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    T back = serializer.deserialize(in);
    assertThat(in.available()).isZero();
    return back;
  }

  @Test
  void flinkFindsTheSerializerByItself() {
    SerializerConfigImpl noKryo = new SerializerConfigImpl();
    noKryo.setGenericTypes(false);
    assertThat(TypeInformation.of(Arrival.class).createSerializer(noKryo))
        .isInstanceOf(ArrivalSerializer.class);
    assertThat(TypeInformation.of(Row.class).createSerializer(noKryo))
        .isInstanceOf(RowSerializer.class);
  }

  @Test
  void aSavepointNamesTheSerializer() throws IOException {
    assertThat(new ArrivalSerializer.Snapshot().restoreSerializer())
        .isEqualTo(ArrivalSerializer.INSTANCE);
    assertThat(new RowSerializer.Snapshot().restoreSerializer()).isEqualTo(RowSerializer.INSTANCE);
  }

  @Test
  void refusesAKindItDoesNotKnow() {
    DataInputDeserializer unknown = new DataInputDeserializer(new byte[] {9});
    assertThatThrownBy(() -> ArrivalSerializer.INSTANCE.deserialize(unknown))
        .hasMessageContaining("not 9");
  }
}
