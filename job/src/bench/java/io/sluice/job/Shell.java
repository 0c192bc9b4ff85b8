package io.sluice.job;

import io.sluice.connectors.Arrival;
import io.sluice.connectors.Flows;
import io.sluice.connectors.Row;
import io.sluice.connectors.kafka.ReadingsSource;
import io.sluice.connectors.kafka.RowsSink;
import io.sluice.settings.Settings;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;

/** The forecast job's source, clock, keys and sink around another function. */
public final class Shell {
  private Shell() {}

  public static void wire(
      StreamExecutionEnvironment env,
      Settings settings,
      KeyedProcessFunction<String, Arrival, Row> function) {
    env.fromSource(
            ReadingsSource.unbounded(settings.kafka(), settings.readings()),
            ArrivalClock.strategy(settings.plan().timing(), settings.job().idle()),
            ForecastJob.READINGS,
            Flows.ARRIVAL)
        .keyBy(ForecastJob::key, Types.STRING)
        .process(function, Flows.ROW)
        .sinkTo(RowsSink.of(settings.kafka(), settings.rows()));
  }
}
