package io.sluice.job;

import io.sluice.connectors.kafka.FeedbackSource;
import io.sluice.forecast.Memory;
import io.sluice.settings.Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.Collector;

/**
 * What a savepoint or retained checkpoint of the forecast job remembers of one series. Small jobs start from it, each with one
 * operator that has the uid of the job's, so Flink gives it that one's state; all else that lies there is left alone.
 *
 * @param heard how far the job had come in what people say: by partition, the offset of the first record that was yet to come
 */
public record Recollection(Memory memory, Map<Integer, Long> heard) {
  private static final TypeInformation<byte[]> BYTES =
      PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;

  /** Empty where it has not heard of the series. */
  public static Optional<Recollection> of(Settings settings, String series, String savepoint)
      throws Exception {
    StreamExecutionEnvironment env = from(settings, savepoint);
    var memories =
        env.fromData(Types.STRING, series)
            .keyBy(asked -> asked, Types.STRING)
            .process(new Recall(), BYTES)
            .uid(ForecastJob.FORECAST);
    List<byte[]> bytes = memories.executeAndCollect("recollection", 1);
    return bytes.isEmpty()
        ? Optional.empty()
        : Optional.of(new Recollection(Memory.of(bytes.get(0)), heard(settings, savepoint)));
  }

  private static Map<Integer, Long> heard(Settings settings, String savepoint) throws Exception {
    if (settings.feedback().isEmpty()) {
      return Map.of();
    }
    StreamExecutionEnvironment env = from(settings, savepoint);
    var places =
        env.fromData(Types.STRING, "").process(new Places(), BYTES).uid(ForecastJob.FEEDBACK);
    List<byte[]> splits = new ArrayList<>();
    CloseableIterator<byte[]> told = places.executeAndCollect("feedback");
    try {
      told.forEachRemaining(splits::add);
    } finally {
      told.close();
    }
    return FeedbackSource.heard(settings.feedback(), splits);
  }

  private static StreamExecutionEnvironment from(Settings settings, String savepoint) {
    Configuration from = new Configuration();
    from.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    from.set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, true);
    StreamExecutionEnvironment env = JobEnvironment.of(settings.job(), from);
    env.setParallelism(1);
    env.getCheckpointConfig().disableCheckpointing();
    return env;
  }

  /** Tells the memory of the series asked for. */
  private static final class Recall extends KeyedProcessFunction<String, String, byte[]> {
    private static final long serialVersionUID = 1;

    private transient ValueState<Memory> memories;

    @Override
    public void open(OpenContext context) {
      memories = getRuntimeContext().getState(ForecastFunction.MEMORY);
    }

    @Override
    public void processElement(String series, Context context, Collector<byte[]> out)
        throws IOException {
      Memory memory = memories.value();
      if (memory != null) {
        out.collect(memory.bytes());
      }
    }
  }

  /** Tells where a source stood. */
  private static final class Places extends ProcessFunction<String, byte[]>
      implements CheckpointedFunction {
    private static final long serialVersionUID = 1;

    /** As Flink names it in every source's state. */
    private static final String SPLITS = "SourceReaderState";

    private transient ListState<byte[]> splits;

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
      splits =
          context
              .getOperatorStateStore()
              .getListState(
                  new ListStateDescriptor<>(SPLITS, BytePrimitiveArraySerializer.INSTANCE));
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {
      // it goes on for no longer than one element
    }

    @Override
    public void processElement(String asked, Context context, Collector<byte[]> out)
        throws Exception {
      for (byte[] split : splits.get()) {
        out.collect(split);
      }
    }
  }
}
