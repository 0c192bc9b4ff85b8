package io.sluice.cell;

import io.sluice.weights.CellKind;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The parts of a micro-batch of 96 series: the sums, the gates, and how fast the processor could multiply and add. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ProductsBench {
  public static final int SERIES = 96;
  public static final int INPUTS = 8;

  /** Floating-point operations of one call of {@code peak}. */
  public static final double PEAK_OPERATIONS =
      1000 * 12 * 2.0 * FloatVector.SPECIES_PREFERRED.length();

  private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;

  @Param({"64", "128", "256"})
  public int hidden;

  private Rows rows;
  private float[] x;
  private float[] y;
  private Cell cell;
  private Step step;

  @Setup
  public void prepare() {
    RandomFloats random = new RandomFloats(1);
    rows = Kernels.BEST.rows(random.floats(INPUTS + hidden, 4 * hidden, 0.1f));
    x = random.floats(SERIES * (INPUTS + hidden), 1f);
    y = new float[SERIES * 4 * hidden];
    cell = Cell.of(CellKind.LSTM, hidden, new float[0]);
    step = new Step(cell, SERIES);
  }

  @Benchmark
  public float[] products() {
    rows.multiply(x, y, SERIES);
    return y;
  }

  @Benchmark
  public float[] gates() {
    cell.forward(step, step, SERIES);
    return step.h;
  }

  /** Sums that do not wait for each other, all in registers, each moved on in its place as in a product. */
  @Benchmark
  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  public float peak() {
    FloatVector m = FloatVector.broadcast(LANES, 0.99f);
    FloatVector n = FloatVector.broadcast(LANES, 0.1f);
    FloatVector a = m.mul(0.1f);
    FloatVector b = a.add(a);
    FloatVector c = b.add(a);
    FloatVector d = c.add(a);
    FloatVector e = d.add(a);
    FloatVector f = e.add(a);
    FloatVector g = f.add(a);
    FloatVector h = g.add(a);
    FloatVector i = h.add(a);
    FloatVector j = i.add(a);
    FloatVector k = j.add(a);
    FloatVector l = k.add(a);
    for (int round = 0; round < 1000; round++) {
      a = m.fma(n, a);
      b = m.fma(n, b);
      c = m.fma(n, c);
      d = m.fma(n, d);
      e = m.fma(n, e);
      f = m.fma(n, f);
      g = m.fma(n, g);
      h = m.fma(n, h);
      i = m.fma(n, i);
      j = m.fma(n, j);
      k = m.fma(n, k);
      l = m.fma(n, l);
    }
    FloatVector sum = a.add(b).add(c).add(d).add(e).add(f);
    return sum.add(g).add(h).add(i).add(j).add(k).add(l).lane(0);
  }
}
