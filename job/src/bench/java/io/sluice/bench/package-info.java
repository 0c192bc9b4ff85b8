/**
 * What the jobs cost, measured beside peers in one run; never shipped.
 *
 * <pre>
 *   PipelineBench ──► Throughput, Latency, Swap ──► Stand (broker, Flink, topics) ──► Contender (the job measured)
 *   StateBench ─────► io.sluice.job.ManySeries (the forecast operator on Flink's harness)
 *        both ──────► Report (table, JSON) ── Goal
 * </pre>
 */
package io.sluice.bench;
