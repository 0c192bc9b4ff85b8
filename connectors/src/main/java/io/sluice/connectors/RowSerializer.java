package io.sluice.connectors;

import io.sluice.anomaly.Episode;
import io.sluice.anomaly.Kind;
import io.sluice.anomaly.Verdict;
import io.sluice.forecast.Forecast;
import io.sluice.forecast.Status;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A row on its way to the sink, field by field in the order of its record.
 *
 * <pre>
 *   1  forecast      2  verdict      3  reason  original (late)      4  reason  original (dead letter)
 * </pre>
 */
public final class RowSerializer extends FlowSerializer<Row> {
  static final RowSerializer INSTANCE = new RowSerializer();
  private static final int FORECAST = 1;
  private static final int VERDICT = 2;
  private static final int LATE = 3;
  private static final int DEAD_LETTER = 4;
  private static final Status[] STATUSES = Status.values();
  private static final Kind[] KINDS = Kind.values();

  @Override
  public void serialize(Row row, DataOutputView target) throws IOException {
    if (row instanceof Row.Forecasted forecasted) {
      target.writeByte(FORECAST);
      forecast(forecasted.forecast(), target);
    } else if (row instanceof Row.Judged judged) {
      target.writeByte(VERDICT);
      verdict(judged.verdict(), target);
    } else if (row instanceof Row.Late late) {
      target.writeByte(LATE);
      Fields.string(late.reason(), target);
      Fields.original(late.original(), target);
    } else if (row instanceof Row.DeadLetter letter) {
      target.writeByte(DEAD_LETTER);
      Fields.string(letter.reason(), target);
      Fields.original(letter.original(), target);
    }
  }

  @Override
  public Row deserialize(DataInputView source) throws IOException {
    int which = source.readByte();
    return switch (which) {
      case FORECAST -> new Row.Forecasted(forecast(source));
      case VERDICT -> new Row.Judged(verdict(source));
      case LATE -> new Row.Late(Fields.string(source), Fields.original(source));
      case DEAD_LETTER -> new Row.DeadLetter(Fields.string(source), Fields.original(source));
      default -> throw new IOException("a row is of kind 1 to 4, not " + which);
    };
  }

  private static void forecast(Forecast forecast, DataOutputView target) throws IOException {
    Fields.string(forecast.series(), target);
    target.writeLong(forecast.time());
    Fields.string(forecast.model(), target);
    target.writeLong(forecast.version());
    target.writeByte(forecast.status().ordinal());
    target.writeBoolean(forecast.imputed());
    Fields.longs(forecast.at(), target);
    Fields.doubles(forecast.quantiles(), target);
    Fields.doubles(forecast.coverage(), target);
    Fields.ints(forecast.symbols(), target);
    Fields.doubles(forecast.chances(), target);
  }

  private static Forecast forecast(DataInputView source) throws IOException {
    return new Forecast(
        Fields.string(source),
        source.readLong(),
        Fields.string(source),
        source.readLong(),
        STATUSES[source.readByte()],
        source.readBoolean(),
        Fields.longs(source),
        Fields.doubles(source),
        Fields.doubles(source),
        Fields.ints(source),
        Fields.doubles(source));
  }

  private static void verdict(Verdict verdict, DataOutputView target) throws IOException {
    Fields.string(verdict.series(), target);
    target.writeLong(verdict.time());
    target.writeByte(verdict.kind().ordinal());
    target.writeDouble(verdict.surprise());
    Fields.doubles(verdict.actual(), target);
    Fields.doubles(verdict.expected(), target);
    Fields.doubles(verdict.lower(), target);
    Fields.doubles(verdict.upper(), target);
    Fields.doubles(verdict.contribution(), target);
    target.writeBoolean(verdict.alert());
    Fields.string(verdict.reason(), target);
    episode(verdict.episode(), target);
  }

  private static Verdict verdict(DataInputView source) throws IOException {
    return new Verdict(
        Fields.string(source),
        source.readLong(),
        KINDS[source.readByte()],
        source.readDouble(),
        Fields.doubles(source),
        Fields.doubles(source),
        Fields.doubles(source),
        Fields.doubles(source),
        Fields.doubles(source),
        source.readBoolean(),
        Fields.string(source),
        episode(source));
  }

  private static void episode(Episode episode, DataOutputView target) throws IOException {
    Fields.string(episode.id(), target);
    target.writeLong(episode.start());
    target.writeLong(episode.end());
    target.writeDouble(episode.severity());
    target.writeLong(episode.peak());
  }

  private static Episode episode(DataInputView source) throws IOException {
    return new Episode(
        Fields.string(source),
        source.readLong(),
        source.readLong(),
        source.readDouble(),
        source.readLong());
  }

  @Override
  public TypeSerializerSnapshot<Row> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names the serializer in a savepoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Row> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
