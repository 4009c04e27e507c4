// SPDX-License-Identifier: Apache-2.0
/** Classical (Ruge-Stüben) coarsening: some of the unknowns become the coarse level, the others are interpolated from them. */
package org.sparkjno.amg.classical;
