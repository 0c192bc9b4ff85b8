package io.sluice.connectors;

import io.sluice.weights.Part;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A part of a release on its way to every forecaster.
 *
 * <pre>
 *   1  model  version  digest  index  count  bytes  checksum
 *   2  reason  topic  partition  offset
 * </pre>
 */
public final class PartArrivalSerializer extends FlowSerializer<PartArrival> {
  static final PartArrivalSerializer INSTANCE = new PartArrivalSerializer();
  private static final int DECODED = 1;
  private static final int REJECTED = 2;

  @Override
  public void serialize(PartArrival arrival, DataOutputView target) throws IOException {
    if (arrival instanceof PartArrival.Decoded decoded) {
      Part part = decoded.part();
      target.writeByte(DECODED);
      Fields.string(part.model(), target);
      target.writeLong(part.version());
      Fields.string(part.digest(), target);
      target.writeInt(part.index());
      target.writeInt(part.count());
      Fields.bytes(part.bytes(), target);
      Fields.string(part.checksum(), target);
    } else if (arrival instanceof PartArrival.Rejected rejected) {
      target.writeByte(REJECTED);
      Fields.string(rejected.reason(), target);
      Fields.string(rejected.topic(), target);
      target.writeInt(rejected.partition());
      target.writeLong(rejected.offset());
    }
  }

  @Override
  public PartArrival deserialize(DataInputView source) throws IOException {
    int which = source.readByte();
    return switch (which) {
      case DECODED -> new PartArrival.Decoded(part(source));
      case REJECTED ->
          new PartArrival.Rejected(
              Fields.string(source), Fields.string(source), source.readInt(), source.readLong());
      default -> throw new IOException("a part's arrival is of kind 1 or 2, not " + which);
    };
  }

  private static Part part(DataInputView source) throws IOException {
    return new Part(
        Fields.string(source),
        source.readLong(),
        Fields.string(source),
        source.readInt(),
        source.readInt(),
        Fields.bytes(source.readInt(), source),
        Fields.string(source));
  }

  @Override
  public TypeSerializerSnapshot<PartArrival> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names the serializer in a savepoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<PartArrival> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
