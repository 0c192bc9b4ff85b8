/**
 * Readings and results as CSV files, gzipped or not: what a backtest reads and writes.
 *
 * <pre>
 *   file ──► CsvLines (fields as bytes) ──► CsvReadings ──► Reading        …        CsvWriter ──► file
 * </pre>
 */
package io.sluice.connectors.files;
