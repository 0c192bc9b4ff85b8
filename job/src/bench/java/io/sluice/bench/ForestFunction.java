package io.sluice.bench;

import com.amazon.randomcutforest.config.ForestMode;
import com.amazon.randomcutforest.config.TransformMethod;
import com.amazon.randomcutforest.parkservices.ThresholdedRandomCutForest;
import io.sluice.connectors.Arrival;
import io.sluice.connectors.Row;
import io.sluice.forecast.ForecastPlan;
import io.sluice.forecast.Reading;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** A random cut forest for each series, on the heap and in no checkpoint; rows as large as the forecast job's. */
final class ForestFunction extends KeyedProcessFunction<String, Arrival, Row> {
  private static final long serialVersionUID = 1;
  private static final int SHINGLE = 8;
  private static final int TREES = 30;
  private static final int SAMPLE = 256;

  private final ForecastPlan plan;
  private transient Blank blank;
  private transient Map<String, ThresholdedRandomCutForest> forests;

  ForestFunction(ForecastPlan plan) {
    this.plan = plan;
  }

  @Override
  public void open(OpenContext context) {
    blank = new Blank(plan);
    forests = new HashMap<>();
  }

  @Override
  public void processElement(Arrival arrival, Context context, Collector<Row> out) {
    Reading reading = ((Arrival.Decoded) arrival).reading();
    double grade =
        forests
            .computeIfAbsent(reading.series(), series -> forest())
            .process(reading.values(), reading.time())
            .getAnomalyGrade();
    blank.rows(reading, grade, out);
  }

  private static ThresholdedRandomCutForest forest() {
    return ThresholdedRandomCutForest.builder()
        .dimensions(SHINGLE)
        .shingleSize(SHINGLE)
        .numberOfTrees(TREES)
        .sampleSize(SAMPLE)
        .forestMode(ForestMode.STANDARD)
        .transformMethod(TransformMethod.NORMALIZE)
        .randomSeed(1)
        .build();
  }
}
