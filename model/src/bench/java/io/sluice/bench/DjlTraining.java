package io.sluice.bench;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;

/** PyTorch through DJL: the same network, loss and optimiser as {@code TrainBench} gives ours. */
final class DjlTraining implements AutoCloseable {
  private final NDManager manager = NDManager.newBaseManager();
  private final Model model = Model.newInstance("lstm");
  private final Trainer trainer;
  private final NDArray x;
  private final NDArray target;

  DjlTraining(int hidden) {
    model.setBlock(
        new SequentialBlock()
            .add(LSTM.builder().setStateSize(hidden).setNumLayers(1).build())
            .add(Linear.builder().setUnits(1).build()));
    trainer =
        model.newTrainer(
            new DefaultTrainingConfig(Loss.l2Loss())
                .optOptimizer(Optimizer.adam().optClipGrad(1).build()));
    Shape shape = new Shape(TrainBench.BATCH, TrainBench.STEPS, TrainBench.INPUTS);
    trainer.initialize(shape);
    x = manager.randomNormal(shape);
    target = x.get(":, :, 0:1").duplicate();
  }

  /** One batch there and back, and one step of Adam. */
  float step() {
    try (NDManager inner = manager.newSubManager();
        GradientCollector gradients = trainer.newGradientCollector()) {
      NDList answers = trainer.forward(new NDList(x));
      answers.attach(inner);
      NDArray loss = trainer.getLoss().evaluate(new NDList(target), answers);
      gradients.backward(loss);
      float value = loss.getFloat();
      loss.close();
      trainer.step();
      return value;
    }
  }

  @Override
  public void close() {
    trainer.close();
    model.close();
    manager.close();
  }
}
