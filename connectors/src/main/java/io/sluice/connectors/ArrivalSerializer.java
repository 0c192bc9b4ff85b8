package io.sluice.connectors;

import io.sluice.anomaly.Label;
import io.sluice.forecast.Reading;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * An arrival on its way to its series.
 *
 * <pre>
 *   1  series  time  arrived  values  covariates  original      a reading
 *   2  reason  original                                         a rejected record
 *   3  series  time  label  original                            feedback
 * </pre>
 */
public final class ArrivalSerializer extends FlowSerializer<Arrival> {
  static final ArrivalSerializer INSTANCE = new ArrivalSerializer();
  private static final int DECODED = 1;
  private static final int REJECTED = 2;
  private static final int LABELLED = 3;
  private static final Label[] LABELS = Label.values();

  @Override
  public void serialize(Arrival arrival, DataOutputView target) throws IOException {
    if (arrival instanceof Arrival.Decoded decoded) {
      Reading reading = decoded.reading();
      target.writeByte(DECODED);
      Fields.string(reading.series(), target);
      target.writeLong(reading.time());
      target.writeLong(reading.arrived());
      Fields.doubles(reading.values(), target);
      Fields.doubles(reading.covariates(), target);
    } else if (arrival instanceof Arrival.Rejected rejected) {
      target.writeByte(REJECTED);
      Fields.string(rejected.reason(), target);
    } else if (arrival instanceof Arrival.Labelled labelled) {
      target.writeByte(LABELLED);
      Fields.string(labelled.series(), target);
      target.writeLong(labelled.time());
      target.writeByte(labelled.label().ordinal());
    }
    Fields.original(arrival.original(), target);
  }

  @Override
  public Arrival deserialize(DataInputView source) throws IOException {
    int which = source.readByte();
    return switch (which) {
      case DECODED -> new Arrival.Decoded(reading(source), Fields.original(source));
      case REJECTED -> new Arrival.Rejected(Fields.string(source), Fields.original(source));
      case LABELLED ->
          new Arrival.Labelled(
              Fields.string(source),
              source.readLong(),
              LABELS[source.readByte()],
              Fields.original(source));
      default -> throw new IOException("an arrival is of kind 1 to 3, not " + which);
    };
  }

  private static Reading reading(DataInputView source) throws IOException {
    return new Reading(
        Fields.string(source),
        source.readLong(),
        source.readLong(),
        Fields.doubles(source),
        Fields.doubles(source));
  }

  @Override
  public TypeSerializerSnapshot<Arrival> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names the serializer in a savepoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Arrival> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
