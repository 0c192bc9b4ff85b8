/**
 * Windows of history in, candidate weights out: backpropagation through time, its optimisers, and what is measured before
 * a candidate is promoted.
 *
 * <p>The only room that loads ND4J, for the large products of training; serving never comes here.
 */
package io.sluice.training;
