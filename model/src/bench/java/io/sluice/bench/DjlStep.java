package io.sluice.bench;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.training.ParameterStore;

/** DJL on PyTorch's engine: its LSTM over one step, the memory handed in and out. */
final class DjlStep implements Runnable {
  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private final ParameterStore parameters = new ParameterStore(manager, false);
  private final LSTM lstm;
  private final NDList in;

  DjlStep(int hidden, int series) {
    System.setProperty("ai.djl.pytorch.num_threads", "1");
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    Engine.getEngine("PyTorch");
    lstm =
        LSTM.builder()
            .setStateSize(hidden)
            .setNumLayers(1)
            .optBatchFirst(true)
            .optReturnState(true)
            .build();
    Shape shape = new Shape(series, 1, LstmBench.INPUTS);
    lstm.initialize(manager, DataType.FLOAT32, shape);
    in =
        new NDList(
            manager.ones(shape).mul(0.3f),
            manager.zeros(new Shape(1, series, hidden)),
            manager.zeros(new Shape(1, series, hidden)));
  }

  @Override
  public void run() {
    try (NDManager step = manager.newSubManager()) {
      NDList input = new NDList(in.get(0), in.get(1), in.get(2));
      input.forEach(array -> array.tempAttach(step));
      NDList out = lstm.forward(parameters, input, false);
      in.get(1).set(out.get(1).toByteBuffer());
    }
  }
}
