/** The two Flink jobs, their thin functions and state serializers. */
package io.sluice.job;
