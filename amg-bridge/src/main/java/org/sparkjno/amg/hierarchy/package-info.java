// SPDX-License-Identifier: Apache-2.0
/** The levels of algebraic multigrid: which unknowns are strongly coupled, how they aggregate, how levels interpolate. */
package org.sparkjno.amg.hierarchy;
