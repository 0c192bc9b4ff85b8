package io.sluice.retrain;

import io.sluice.connectors.Arrival;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/** Of each reading the end of the span that it lies in, said once for as long as it stays the same. */
public final class Cuts extends RichFlatMapFunction<Arrival, Long> {
  private static final long serialVersionUID = 1;

  private final Syllabus syllabus;
  private final long every;
  private transient long said;

  public Cuts(Syllabus syllabus) {
    this.syllabus = syllabus;
    every = syllabus.settings().every().toMillis();
  }

  @Override
  public void flatMap(Arrival arrival, Collector<Long> out) {
    if (arrival instanceof Arrival.Decoded decoded && syllabus.counts(decoded.reading())) {
      // the end itself belongs to the span
      long cut = (Math.floorDiv(decoded.reading().time() - 1, every) + 1) * every;
      if (cut != said) {
        said = cut;
        out.collect(cut);
      }
    }
  }
}
