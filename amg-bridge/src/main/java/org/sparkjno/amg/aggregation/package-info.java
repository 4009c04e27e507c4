// SPDX-License-Identifier: Apache-2.0
/** Coarsening by smoothed aggregation: which nodes are strongly coupled, how they aggregate, how aggregates interpolate. */
package org.sparkjno.amg.aggregation;
