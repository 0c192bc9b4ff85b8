/**
 * From the user's own bytes to a reading.
 *
 * <pre>
 *   settings ──► Mapping ──► Plan (a tree of the paths asked for)
 *                              │
 *   bytes ──► JsonReadings ────┴──► Draft ──► Reading, or Unreadable with the reason
 * </pre>
 *
 * <p>Bytes are walked once, token by token; what no path asks for is skipped, never built. What a message can cost is
 * bounded by its size: depth, lengths and counts are checked before anything is allocated.
 */
package io.sluice.connectors.mapping;
