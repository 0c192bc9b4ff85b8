package io.sluice.backtest;

import io.sluice.anomaly.Verdict;
import io.sluice.forecast.Forecast;
import io.sluice.forecast.Reading;
import io.sluice.weights.Horizon;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A run as the report draws it: readings, intervals and surprise, several readings to a point where there are too many for a
 * page.
 *
 * <p>A point holds the least and most of its readings and bounds, so that nothing that stands out is lost, and the last of
 * its medians. Told as 16-bit steps between the ends of a variable's range.
 *
 * <pre>
 *   a variable:  least │ most │ (lower │ median │ upper) × leads      each u16 little-endian × points, 65535 where unknown
 * </pre>
 */
final class Chronicle {
  /** 4.6 MB of page. */
  private static final long MOST_NUMBERS = 1_700_000;

  private static final int STEPS = 65_534;
  private static final int UNKNOWN = 65_535;
  private static final int ACTUAL = 2;
  private static final int BAND = 3;

  private final List<Reading> readings;
  private final List<Integer> leads;
  private final int[] places;
  private final Horizon horizon;
  private final int each;
  private final int points;
  private final float[][][] channels;
  private final byte[] surprise;

  Chronicle(BacktestPlan plan, List<Reading> readings, Horizon horizon) {
    this.readings = readings;
    this.horizon = horizon;
    leads = plan.horizon();
    places = leads.stream().mapToInt(horizon.leads()::indexOf).toArray();
    int variables = readings.get(0).values().length;
    int width = ACTUAL + BAND * leads.size();
    long most = Math.max(1, MOST_NUMBERS / ((long) variables * width));
    each = (int) ((readings.size() + most - 1) / most);
    points = (readings.size() + each - 1) / each;
    channels = new float[variables][width][points];
    for (float[][] variable : channels) {
      for (float[] channel : variable) {
        Arrays.fill(channel, Float.NaN);
      }
    }
    surprise = new byte[points];
    for (int i = 0; i < readings.size(); i++) {
      for (int variable = 0; variable < variables; variable++) {
        float value = (float) readings.get(i).values()[variable];
        widen(channels[variable][0], channels[variable][1], i / each, value, value);
      }
    }
  }

  private static void widen(float[] least, float[] most, int point, float low, float high) {
    if (!Float.isNaN(low) && !(least[point] <= low)) {
      least[point] = low;
    }
    if (!Float.isNaN(high) && !(most[point] >= high)) {
      most[point] = high;
    }
  }

  /** A forecast is drawn where what it foretells is. */
  void forecast(int reading, Forecast forecast) {
    for (int lead = 0; lead < places.length; lead++) {
      int point = (reading + leads.get(lead)) / each;
      if (reading + leads.get(lead) < readings.size()) {
        for (int variable = 0; variable < channels.length; variable++) {
          band(channels[variable], lead, point, forecast, variable);
        }
      }
    }
  }

  private void band(float[][] variable, int lead, int point, Forecast forecast, int which) {
    int first = ACTUAL + BAND * lead;
    int place = places[lead];
    widen(
        variable[first],
        variable[first + 2],
        point,
        (float) forecast.quantile(which, place, 0),
        (float) forecast.quantile(which, place, forecast.levels() - 1));
    variable[first + 1][point] = (float) forecast.quantile(which, place, horizon.median());
  }

  void verdict(int reading, Verdict verdict) {
    int point = reading / each;
    int told = (int) Math.round(255 * verdict.surprise());
    surprise[point] = (byte) Math.max(surprise[point] & 0xff, told);
  }

  /** Readings to a point. */
  int each() {
    return each;
  }

  /** Where the drawing of a variable begins and ends: bounds that lie far off its readings are cut. */
  double[] range(int variable) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int point = 0; point < points; point++) {
      if (!Float.isNaN(channels[variable][0][point])) {
        least = Math.min(least, channels[variable][0][point]);
        most = Math.max(most, channels[variable][1][point]);
      }
    }
    if (!(most >= least)) {
      return new double[] {0, 1};
    }
    double margin = most > least ? (most - least) / 2 : Math.max(1, Math.abs(most)) / 2;
    return new double[] {least - margin, most + margin};
  }

  /** Times of the points' first readings, f64 little-endian. */
  String times() {
    ByteBuffer bytes = ByteBuffer.allocate(points * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int point = 0; point < points; point++) {
      bytes.putDouble(readings.get(point * each).time());
    }
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  String variable(int variable, double[] range) {
    float[][] all = channels[variable];
    ByteBuffer bytes =
        ByteBuffer.allocate(all.length * points * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float[] channel : all) {
      for (float value : channel) {
        double step = Math.rint((value - range[0]) / (range[1] - range[0]) * STEPS);
        boolean unknown = Double.isNaN(step);
        bytes.putShort((short) (unknown ? UNKNOWN : Math.max(0, Math.min(STEPS, step))));
      }
    }
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  /** The most of each point, in 255ths. */
  String surprise() {
    return Base64.getEncoder().encodeToString(surprise);
  }
}
