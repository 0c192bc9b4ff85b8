package io.sluice.training;

import static org.bytedeco.openblas.global.openblas.blas_set_num_threads;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * A row-major matrix outside the heap, where ND4J multiplies. Not for more than one thread at a time.
 *
 * <pre>
 *   c.product(A_B, a, b, keep)     c = keep·c + a·b
 * </pre>
 *
 * <p>Each product runs on one thread, so its bits depend on nothing but its operands; who wants two cores busy multiplies
 * two chunks of a batch at a time.
 */
final class Matrix {
  /** Which factor is transposed. */
  enum Form {
    A_B(false, false),
    A_BT(false, true),
    AT_B(true, false);

    private final boolean a;
    private final boolean b;

    Form(boolean a, boolean b) {
      this.a = a;
      this.b = b;
    }
  }

  static {
    Nd4j.create(1); // ND4J's own start sets the threads to all cores
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
    blas_set_num_threads(1);
  }

  final int rows;
  final int columns;

  /** The same floats as ND4J sees them: columns first, so transposed. */
  private final INDArray transposed;

  private final FloatPointer floats;

  Matrix(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
    this.transposed = Nd4j.create(new int[] {columns, rows}, 'f');
    this.floats = new FloatPointer(transposed.data().pointer());
  }

  private Matrix(Matrix whole, int from, int count) {
    long at = whole.floats.position() + (long) from * whole.columns;
    this.rows = count;
    this.columns = whole.columns;
    this.transposed =
        Nd4j.create(
            whole.transposed.data(),
            new long[] {columns, count},
            new long[] {1, columns},
            (long) from * columns,
            'f');
    this.floats = new FloatPointer((Pointer) whole.floats).position(at);
  }

  /** The rows from … from+count of this matrix; they share its floats. */
  Matrix rows(int from, int count) {
    return new Matrix(this, from, count);
  }

  void put(float[] from) {
    floats.put(from, 0, rows * columns);
  }

  /** Puts a stretch of an array that begins at {@code at}. */
  void put(float[] from, int at) {
    floats.put(from, at, rows * columns);
  }

  void get(float[] to) {
    floats.get(to, 0, rows * columns);
  }

  void get(float[] to, int at) {
    floats.get(to, at, rows * columns);
  }

  /** this = keep·this + the product. */
  void product(Form form, Matrix a, Matrix b, float keep) {
    check(form, a, b);
    // cᵀ = bᵀ·aᵀ, and every matrix stands here transposed already
    Nd4j.gemm(b.transposed, a.transposed, transposed, form.b, form.a, 1, keep);
  }

  private void check(Form form, Matrix a, Matrix b) {
    int height = form == Form.AT_B ? a.columns : a.rows;
    int inner = form == Form.AT_B ? a.rows : a.columns;
    int depth = form == Form.A_BT ? b.columns : b.rows;
    int width = form == Form.A_BT ? b.rows : b.columns;
    if (height != rows || width != columns || inner != depth) {
      throw new IllegalArgumentException("%s of %s and %s is no %s".formatted(form, a, b, this));
    }
  }

  @Override
  public String toString() {
    return rows + "×" + columns;
  }
}
