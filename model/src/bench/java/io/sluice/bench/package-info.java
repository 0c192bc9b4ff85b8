/** Measurements side by side with peers; none of it ships. */
package io.sluice.bench;
