// SPDX-License-Identifier: Apache-2.0
/** The levels of algebraic multigrid, and what a way to coarsen them must provide. */
package org.sparkjno.amg.hierarchy;
