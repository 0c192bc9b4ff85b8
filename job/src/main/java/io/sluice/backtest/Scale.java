package io.sluice.backtest;

import io.sluice.forecast.Reading;
import java.util.List;

/** Mean, deviation and mean step of one variable over the training part. */
record Scale(double mean, double deviation, double step) {
  static Scale of(List<Reading> readings, int variable) {
    double mean = 0;
    double square = 0;
    double step = 0;
    int known = 0;
    int steps = 0;
    double before = Double.NaN;
    for (Reading reading : readings) {
      double value = reading.values()[variable];
      if (!Double.isNaN(value)) {
        double distance = value - mean;
        mean += distance / ++known;
        square += distance * (value - mean);
        if (!Double.isNaN(before)) {
          step += (Math.abs(value - before) - step) / ++steps;
        }
      }
      before = value;
    }
    double deviation = Math.sqrt(square / Math.max(1, known));
    double floor = deviation > 0 ? deviation : 1;
    return new Scale(mean, floor, step > 0 ? step / floor : 1);
  }

  double scaled(double difference) {
    return difference / deviation;
  }
}
