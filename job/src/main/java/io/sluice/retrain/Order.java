package io.sluice.retrain;

import java.io.Serializable;

/**
 * A round that is to be held.
 *
 * @param cut the time of the last reading that may be learnt from, epoch milliseconds
 * @param model whose next version it is to come to
 */
public record Order(long cut, String model) implements Serializable {}
