/** Samples on Spark: generated on the executors, kept as Parquet, read back as a dataset. */
package org.sparkjno.datasets.source;
