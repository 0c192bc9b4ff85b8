package io.sluice.training;

/**
 * A part of the network, over whole windows. Built for one extent and between two signals; a batch goes through as {@code
 * load, forward, backward, unload}.
 */
interface Stage {
  Signal out();

  /** Takes the weights up. */
  void load(Parameters w);

  /** out.x from in.x. */
  void forward();

  /** in.dx, where it is wanted, and dw from out.dx, which it may use up. */
  void backward();

  /** Adds dLoss/dw of the last batch to {@code dw}. */
  void unload(Parameters dw);

  /** Makes the memory after the last step the memory before the first: a window continues the one before it. */
  default void carry() {}

  /** Empties the memory before the first step. */
  default void forget() {}
}
