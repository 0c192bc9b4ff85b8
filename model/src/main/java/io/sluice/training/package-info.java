/**
 * Windows of history in, candidate weights out: backpropagation through time, its losses and optimisers, and how far its
 * gradients reach.
 *
 * <pre>
 *   Windows ─► Trainer ─► Course ─► Passes ─► Bptt   one for each chunk of a batch, on threads of their own
 *      Plan ─┘    │          │                 │
 *                 │          │                 └─► Stage: Convolution ─► Recurrent or BothWays ─► … ─► Sums ─► Loss
 *                 │          └─► Optimiser, Schedule                 each forward, then each backward
 *                 └─► Trained
 * </pre>
 *
 * <p>A batch is cut into chunks by its size alone, and their gradients are added in order, so that the same windows, plan
 * and starting weights give the same bits on any number of threads. Formulas and products of a recurrent step are those of
 * {@code cell}; the products of convolution and head, for all steps at once, are ND4J's.
 *
 * <p>The only room that loads ND4J; serving never comes here.
 */
package io.sluice.training;
