package io.sluice.bench;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** DL4J's {@code rnnTimeStep}, which keeps the memory itself. */
final class Dl4jStep implements Runnable {
  private final MultiLayerNetwork network;
  private final INDArray x;

  Dl4jStep(int hidden, int series) {
    network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(new LSTM.Builder().nIn(LstmBench.INPUTS).nOut(hidden).build())
                .build());
    network.init();
    x = Nd4j.rand(series, LstmBench.INPUTS, 1);
  }

  @Override
  public void run() {
    network.rnnTimeStep(x);
  }
}
