/**
 * Cheap forecasters that learn at every reading, and how they are combined.
 *
 * <pre>
 *   values ──► Ensemble.observe ──► Mixture of each lead ──► Lean to the network ──► Correction ──► one number a lead
 *                 │                   ▲ last value, seasonal last value, profile, least squares, the same with neighbours
 *                 └─ Experience ──────┘ what one variable of one series has taught them, a bounded value
 * </pre>
 *
 * <p>The ground floor of learning: plain numbers in and out, in the variable's own units, NaN where one is missing. A
 * forecaster of lead H learns from a reading only what it said H readings before.
 */
package io.sluice.online;
