package io.sluice.job;

import io.sluice.forecast.Memory;
import io.sluice.settings.Settings;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * What a savepoint or retained checkpoint of the forecast job remembers of one series. A small job starts from it whose one
 * operator has the forecaster's uid, so Flink gives it the memories; all else that lies there is left alone.
 */
public final class Recollection {
  private Recollection() {}

  /** Empty where it has not heard of the series. */
  public static Optional<Memory> of(Settings settings, String series, String savepoint)
      throws Exception {
    Configuration from = new Configuration();
    from.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    from.set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, true);
    StreamExecutionEnvironment env = JobEnvironment.of(settings.job(), from);
    env.setParallelism(1);
    env.getCheckpointConfig().disableCheckpointing();
    var memories =
        env.fromData(Types.STRING, series)
            .keyBy(asked -> asked, Types.STRING)
            .process(new Recall(), PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)
            .uid(ForecastJob.FORECAST);
    List<byte[]> bytes = memories.executeAndCollect("recollection", 1);
    return bytes.isEmpty() ? Optional.empty() : Optional.of(Memory.of(bytes.get(0)));
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
}
