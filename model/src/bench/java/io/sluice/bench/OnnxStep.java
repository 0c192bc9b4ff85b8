package io.sluice.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.sluice.weights.Onnx;
import io.sluice.weights.Weights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/** ONNX Runtime, one thread, every buffer reused: what one step writes as memory the next one reads, and back. */
final class OnnxStep implements Runnable {
  private static final OrtEnvironment ORT = OrtEnvironment.getEnvironment();

  private final OrtSession session;
  private Map<String, OnnxTensor> in;
  private Map<String, OnnxTensor> out;
  private Map<String, OnnxTensor> nextIn;
  private Map<String, OnnxTensor> nextOut;

  OnnxStep(Weights weights, int series) throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    session = ORT.createSession(Onnx.bytes(weights), options);
    int hidden = weights.architecture().hidden();
    OnnxTensor x = tensor(series, 1, LstmBench.INPUTS);
    OnnxTensor y = tensor(series, 1, hidden);
    OnnxTensor[] h = {tensor(1, series, hidden), tensor(1, series, hidden)};
    OnnxTensor[] c = {tensor(1, series, hidden), tensor(1, series, hidden)};
    in = Map.of("x", x, "h", h[0], "c", c[0]);
    out = Map.of("y", y, "h_next", h[1], "c_next", c[1]);
    nextIn = Map.of("x", x, "h", h[1], "c", c[1]);
    nextOut = Map.of("y", y, "h_next", h[0], "c_next", c[0]);
  }

  private static OnnxTensor tensor(long... shape) throws OrtException {
    int floats = (int) (shape[0] * shape[1] * shape[2]);
    ByteBuffer buffer = ByteBuffer.allocateDirect(4 * floats).order(ByteOrder.nativeOrder());
    return OnnxTensor.createTensor(ORT, buffer.asFloatBuffer(), shape);
  }

  @Override
  public void run() {
    try (OrtSession.Result result = session.run(in, out)) {
      Map<String, OnnxTensor> kept = in;
      in = nextIn;
      nextIn = kept;
      kept = out;
      out = nextOut;
      nextOut = kept;
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}
