package io.sluice.bench;

import io.sluice.connectors.Arrival;
import io.sluice.connectors.Row;
import io.sluice.forecast.ForecastPlan;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Answers each reading with rows as large as the forecast job's, and thinks nothing. */
final class CopyFunction extends KeyedProcessFunction<String, Arrival, Row> {
  private static final long serialVersionUID = 1;

  private final ForecastPlan plan;
  private transient Blank blank;

  CopyFunction(ForecastPlan plan) {
    this.plan = plan;
  }

  @Override
  public void open(OpenContext context) {
    blank = new Blank(plan);
  }

  @Override
  public void processElement(Arrival arrival, Context context, Collector<Row> out) {
    blank.rows(((Arrival.Decoded) arrival).reading(), 0, out);
  }
}
