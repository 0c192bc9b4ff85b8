package io.sluice.job;

import io.sluice.forecast.Shadow;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** A shadow as its own bytes. */
final class ShadowSerializer extends MovedSerializer<Shadow> {
  static final ShadowSerializer INSTANCE = new ShadowSerializer();
  private static final long serialVersionUID = 1;

  private ShadowSerializer() {}

  @Override
  void write(Shadow shadow, DataOutput out) throws IOException {
    shadow.write(out);
  }

  @Override
  Shadow read(DataInput in) throws IOException {
    return Shadow.read(in);
  }

  @Override
  public TypeSerializerSnapshot<Shadow> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint says about this serializer: its name. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Shadow> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
