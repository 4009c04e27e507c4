/** Readers and writers of foreign file formats, one class each, knowing nothing of Spark. */
package org.sparkjno.datasets.format;
