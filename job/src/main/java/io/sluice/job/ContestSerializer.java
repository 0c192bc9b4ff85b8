package io.sluice.job;

import io.sluice.contest.Contest;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** A contest as its own bytes. */
final class ContestSerializer extends MovedSerializer<Contest> {
  static final ContestSerializer INSTANCE = new ContestSerializer();
  private static final long serialVersionUID = 1;

  private ContestSerializer() {}

  @Override
  void write(Contest contest, DataOutput out) throws IOException {
    contest.write(out);
  }

  @Override
  Contest read(DataInput in) throws IOException {
    return Contest.read(in);
  }

  @Override
  public TypeSerializerSnapshot<Contest> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint says about this serializer: its name. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Contest> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
