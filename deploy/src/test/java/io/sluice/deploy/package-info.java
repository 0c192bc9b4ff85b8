/**
 * Runs what {@code deploy/} describes: real processes on loopback, and the files that only an
 * operator or a Docker engine can run, parsed and compared.
 *
 * <pre>
 *   broker process ── readings ──► JobManager + TaskManagers (deploy/standalone/cluster) ── forecasts ──► this test
 *                                         ▲ submitted by ./sluice          ▲ one killed
 * </pre>
 */
package io.sluice.deploy;
