/**
 * One step of each recurrent cell, its backward step, and the kernels they are made of.
 *
 * <pre>
 *   Network.step(state, x, y)      one series, a micro-batch, a window: the same bits
 *     Layer    W x + U h + b       Rows        sums over inputs, first to last, for each output
 *     Cell     sums to memory      Kernels     sigmoid, tanh; plain loops or the Vector API
 *     Readout  h to answers        linear, quantiles that cannot cross, softmax
 *   Linear           W x while W is learnt: there, back, and dW
 * </pre>
 *
 * <p>A cell is one step; the loop over time is the caller's. Every operation is one whose rounding IEEE 754 fixes, and sums
 * run in one order with one fused multiply-add for each input, so the bits depend on no Java, processor or batch.
 */
package io.sluice.cell;
