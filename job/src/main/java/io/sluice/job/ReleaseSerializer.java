package io.sluice.job;

import io.sluice.connectors.FlowSerializer;
import io.sluice.weights.Release;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A release as its own bytes, which carry their layout and a digest.
 *
 * <pre>
 *   length i32, bytes
 * </pre>
 */
final class ReleaseSerializer extends FlowSerializer<Release> {
  static final ReleaseSerializer INSTANCE = new ReleaseSerializer();
  private static final long serialVersionUID = 1;

  private ReleaseSerializer() {}

  @Override
  public void serialize(Release release, DataOutputView target) throws IOException {
    byte[] bytes = release.bytes();
    target.writeInt(bytes.length);
    target.write(bytes);
  }

  @Override
  public Release deserialize(DataInputView source) throws IOException {
    byte[] bytes = new byte[source.readInt()];
    source.readFully(bytes);
    return Release.read("a release in Flink's state", bytes);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    int length = source.readInt();
    target.writeInt(length);
    target.write(source, length);
  }

  @Override
  public TypeSerializerSnapshot<Release> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint says about this serializer: its name. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Release> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
