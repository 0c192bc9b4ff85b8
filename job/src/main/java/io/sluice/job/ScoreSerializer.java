package io.sluice.job;

import io.sluice.connectors.FlowSerializer;
import io.sluice.contest.Pair;
import io.sluice.contest.Score;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Scores on their way between two operators of one job; never stored.
 *
 * <pre>
 *   model utf │ champion i64 │ challenger i64 │ round i64 │ advantage i64 │ forecasts i64
 * </pre>
 */
final class ScoreSerializer extends FlowSerializer<Score> {
  static final ScoreSerializer INSTANCE = new ScoreSerializer();
  private static final long serialVersionUID = 1;

  private ScoreSerializer() {}

  @Override
  public void serialize(Score score, DataOutputView target) throws IOException {
    target.writeUTF(score.model());
    target.writeLong(score.pair().champion());
    target.writeLong(score.pair().challenger());
    target.writeLong(score.round());
    target.writeLong(score.advantage());
    target.writeLong(score.forecasts());
  }

  @Override
  public Score deserialize(DataInputView source) throws IOException {
    return new Score(
        source.readUTF(),
        new Pair(source.readLong(), source.readLong()),
        source.readLong(),
        source.readLong(),
        source.readLong());
  }

  @Override
  public TypeSerializerSnapshot<Score> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The serializer's name. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Score> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
