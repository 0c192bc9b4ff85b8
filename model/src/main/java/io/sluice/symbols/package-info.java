/**
 * Series of symbols, such as machine states or log templates: which one comes next, and how rare the one that came is.
 *
 * <pre>
 *   Symbols     which there are, and a place for all others
 *   Transcript  what a series of them remembers:
 *     Chain       what followed what: chances from the first symbol on
 *     Trust       how much a network counts beside it
 *     Rarity      how rarely anything so improbable came
 * </pre>
 *
 * <p>Nothing here knows of readings, time or networks: a symbol is its place, counted from 0, and a network is the chances
 * that it gives to each place.
 */
package io.sluice.symbols;
