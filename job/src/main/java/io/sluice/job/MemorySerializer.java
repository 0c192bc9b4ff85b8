package io.sluice.job;

import io.sluice.forecast.Memory;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** A memory as its own bytes. */
final class MemorySerializer extends MovedSerializer<Memory> {
  static final MemorySerializer INSTANCE = new MemorySerializer();
  private static final long serialVersionUID = 1;

  private MemorySerializer() {}

  /** Of what a checkpoint has yet to write, before it is moved on. */
  @Override
  public Memory copy(Memory from) {
    return from.handedOver() ? super.copy(from) : from.handOver();
  }

  @Override
  void write(Memory memory, DataOutput out) throws IOException {
    memory.write(out);
  }

  @Override
  Memory read(DataInput in) throws IOException {
    return Memory.read(in);
  }

  @Override
  Memory readUnframed(int version, DataInput in) throws IOException {
    return Memory.read(version, in);
  }

  @Override
  public TypeSerializerSnapshot<Memory> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint says about this serializer: its name. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Memory> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
