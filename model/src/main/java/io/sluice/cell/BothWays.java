package io.sluice.cell;

import java.util.List;

/** Layers that read a whole window from both ends; each hands on, for every step, the forward and then the backward h. */
record BothWays(List<Layer> forward, List<Layer> backward) {

  /** From the first layer's inputs to the last layer's outputs, step by step. */
  float[][] read(float[][] xs) {
    float[][] read = xs;
    for (int l = 0; l < forward.size(); l++) {
      int hidden = forward.get(l).cell().hidden();
      float[][] hs = new float[xs.length][2 * hidden];
      Step ahead = new Step(forward.get(l).cell(), 1);
      Step back = new Step(backward.get(l).cell(), 1);
      for (int t = 0; t < xs.length; t++) {
        int last = xs.length - 1 - t;
        forward.get(l).forward(read[t], ahead, 1);
        System.arraycopy(ahead.h, 0, hs[t], 0, hidden);
        backward.get(l).forward(read[last], back, 1);
        System.arraycopy(back.h, 0, hs[last], hidden, hidden);
      }
      read = hs;
    }
    return read;
  }
}
