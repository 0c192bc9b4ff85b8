/**
 * One step of each recurrent cell, its backward step, and the kernels they are made of.
 *
 * <pre>
 *   x ──► Cell.step ──► h        floats in place, nothing allocated
 *           │  ▲
 *        state (h, or h and c)
 * </pre>
 *
 * <p>A cell is one step; the loop over time is the caller's. Sums run in one fixed order, over inputs first to last, for
 * each output, so that one step, a micro-batch and a pass over a window give the same bits.
 */
package io.sluice.cell;
