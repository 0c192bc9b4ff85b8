/**
 * The command line: one class a command, each with its own help.
 *
 * <p>Exit codes: 0 done, 1 it failed and one line says why, 2 the call was wrong.
 */
package io.sluice.cli;
