/**
 * Flink's sources and sink on Kafka.
 *
 * <pre>
 *   readings topic ──► ReadingsSource ──► Arrival ──► …job… ──► Row ──► RowsSink ──► forecasts, verdicts, late, dead letters
 * </pre>
 *
 * <p>One sink writes all topics, so that one transaction holds a reading's forecast and its verdict, or neither.
 */
package io.sluice.connectors.kafka;
