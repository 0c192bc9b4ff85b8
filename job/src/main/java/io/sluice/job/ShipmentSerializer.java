package io.sluice.job;

import io.sluice.connectors.FlowSerializer;
import io.sluice.connectors.Flows;
import io.sluice.connectors.Row;
import java.io.IOException;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Shipments on their way between two operators of one job; never stored.
 *
 * <pre>
 *   delivered u8 │ release or row
 * </pre>
 */
final class ShipmentSerializer extends FlowSerializer<Shipment> {
  static final ShipmentSerializer INSTANCE = new ShipmentSerializer();
  private static final long serialVersionUID = 1;
  private static final TypeSerializer<Row> ROW =
      Flows.ROW.createSerializer(new SerializerConfigImpl());

  private ShipmentSerializer() {}

  @Override
  public void serialize(Shipment shipment, DataOutputView target) throws IOException {
    target.writeBoolean(shipment instanceof Shipment.Delivered);
    if (shipment instanceof Shipment.Delivered delivered) {
      ReleaseSerializer.INSTANCE.serialize(delivered.release(), target);
    } else if (shipment instanceof Shipment.Refused refused) {
      ROW.serialize(refused.letter(), target);
    }
  }

  @Override
  public Shipment deserialize(DataInputView source) throws IOException {
    if (source.readBoolean()) {
      return new Shipment.Delivered(ReleaseSerializer.INSTANCE.deserialize(source));
    }
    return new Shipment.Refused((Row.DeadLetter) ROW.deserialize(source));
  }

  @Override
  public TypeSerializerSnapshot<Shipment> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The serializer's name. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Shipment> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
