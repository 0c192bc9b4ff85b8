/**
 * From the user's own bytes to a reading.
 *
 * <pre>
 *   settings ──► Mapping ──► Plan (a tree of the paths asked for)
 *                                    │
 *   bytes ──► JsonWalk, AvroFields ──┴──► Draft ──► Reading, or Unreadable with the reason
 * </pre>
 *
 * <p>Bytes are walked once, token by token; what no path asks for is skipped, never built. What a message can cost is
 * bounded by its size: depth, lengths and counts are checked before anything is allocated.
 *
 * <p>What counts as what: a field that is absent, null, NaN or an empty text is missing, never zero. A number in quotes is a
 * number. An infinite one, a truth value, a text or an object where a number belongs, a missing series or time, a time
 * outside of years 1 to 9999 and an array of the wrong length make a record unreadable; the reason names the path.
 */
package io.sluice.connectors.mapping;
