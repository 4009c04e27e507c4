/** Collective communication between the replicas of one training job: sums, gathers, broadcasts and barriers in a fixed order. */
package org.sparkjno.kernels.collective;
